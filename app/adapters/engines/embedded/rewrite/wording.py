"""Edits of words: hype out, plain words in, filler out, the reader addressed."""

import re
from collections.abc import Iterator

from app.adapters.engines.embedded.lexicon import DROPPABLE, FILLER, PLAIN
from app.adapters.engines.embedded.reading.words import tokens
from app.adapters.engines.embedded.rewrite.around import can_go, is_name, quotations
from app.adapters.engines.embedded.rewrite.text import replace, tidy
from app.domain.panel.shapes import Cue, Document

_ANNOUNCING = re.compile(
    r"\b(?:we(?:['\u2019]re| are)|i(?:['\u2019]m| am))\s+"
    r"(?:(?:so|super|very|incredibly|truly|absolutely)\s+)?"
    r"(?:thrilled|excited|proud|delighted|pleased|humbled|honou?red)(?:\s+and\s+\w{1,20})?\s+to\s+"
    r"(?:announce|share|introduce)\s+(?P<that>that\s+)?",
    re.IGNORECASE,
)
_ADDRESSED = (
    ("users can", "you can"), ("customers can", "you can"), ("users get", "you get"),
    ("customers get", "you get"), ("users will", "you will"), ("customers will", "you will"),
    ("allows users to", "lets you"), ("enables users to", "lets you"),
    ("allows customers to", "lets you"), ("enables customers to", "lets you"),
    ("one can", "you can"), ("employees are required to", "please"),
)  # fmt: skip


def plain_opening(document: Document) -> str:
    """Announce the thing, not the feeling about it."""
    text = document.text
    match = _ANNOUNCING.search(text)
    if match is None:
        return text
    rest = text[match.end() : match.end() + 1]
    by = "" if match["that"] or not rest else "Announcing "
    return tidy(replace(text, match.start(), match.end(), by))


def without_hype(document: Document) -> str:
    """Leave out what only inflates; where it cannot go, put the plain word."""
    text = document.text
    for cue in _backwards(document, "hype"):
        words = _words(cue.surface)
        if words in PLAIN and not is_name(text, cue):
            text = replace(text, cue.start, cue.end, PLAIN[words])
        elif words in DROPPABLE and can_go(text, cue):
            text = _dropped(text, cue.start, cue.end)
    return tidy(text)


def plain_words(document: Document) -> str:
    """Say office words plainly."""
    text = document.text
    for cue in _backwards(document, "jargon"):
        plain = PLAIN.get(_words(cue.surface))
        if plain is not None and not is_name(text, cue):
            text = replace(text, cue.start, cue.end, plain)
    return tidy(text)


def without_filler(document: Document) -> str:
    """Leave out words that carry nothing."""
    text = document.text
    for cue in _backwards(document, "filler"):
        if _words(cue.surface) in FILLER and text[cue.end : cue.end + 1] in (" ", ","):
            end = cue.end + (text[cue.end] == ",")
            text = replace(text, cue.start, end, "")
    return tidy(text)


def to_the_reader(document: Document) -> str:
    """Address the reader instead of speaking about users."""
    text = document.text
    for phrase, by in _ADDRESSED:
        place = text.lower().find(phrase)
        if place >= 0 and not text[max(place - 1, 0) : place].strip():
            text = replace(text, place, place + len(phrase), by)
    return text


def _backwards(document: Document, kind: str) -> Iterator[Cue]:
    """The cues from the last to the first, so that earlier offsets stay true."""
    fixed = [(s.start, s.end) for s in document.spans if s.kind in ("link", "hashtag")]
    fixed += quotations(document.text)
    for cue in sorted(document.cues, key=lambda cue: -cue.start):
        if cue.kind == kind and not any(start <= cue.start < end for start, end in fixed):
            yield cue


def _words(surface: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(surface))


def _dropped(text: str, start: int, end: int) -> str:
    if text[end : end + 1] == ",":
        end += 1
    elif text[:start].rstrip(" ").endswith(","):
        start = len(text[:start].rstrip(" ")) - 1
        return text[:start] + text[end:]
    return replace(text, start, end, "")
