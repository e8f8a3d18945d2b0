"""What stands around a word and says whether the sentence can do without it."""

import re

from app.adapters.engines.embedded.reading.words import tokens
from app.adapters.engines.embedded.rewrite.text import opens
from app.domain.panel.shapes import Cue
from app.domain.panel.word_sets import word_set

_QUOTED = re.compile(r'"[^"\n]{1,400}"|“[^”\n]{1,400}”')
_WHOLE = 0.5  # a quotation longer than this part of the text is the text
_NO_NOUN = word_set(
    "and or but in on at for of to with by from as than that this these those is are was were be"
    " it i we you he she they if when while so because plan tier version edition account only how"
    " what why who has have had do does did can could will would should may might must along among"
)
_ARTICLE = word_set("a an the our your my his her its their this that each every one new")
_LISTED = re.compile(r"(\w+)(?:[ ]\w+,){1,3}\Z")  # the word before adjectives of one list
_LONG = 3  # words of a turn that is a turn only where an article or hyphens make it one


def quotations(text: str) -> list[tuple[int, int]]:
    """The stretches that are somebody's words, which no edit may change."""
    found = (match.span() for match in _QUOTED.finditer(text))
    return [(start, end) for start, end in found if end - start <= _WHOLE * len(text)]


def is_name(text: str, cue: Cue) -> bool:
    """Whether a word has a name's capital: one where no sentence begins."""
    surface = cue.surface
    return surface[:1].isupper() and not surface.isupper() and not _opens(text[: cue.start])


def can_go(text: str, cue: Cue) -> bool:
    """Only before the noun it inflates, and not as part of a name."""
    after = text[cue.end : cue.end + 40].lstrip(" ,-")
    following = tokens(after)[:1]
    joined = text[cue.end : cue.end + 1] not in (" ", ",") or text[: cue.start].endswith("-")
    if not following or not after[:1].isalnum() or joined or is_name(text, cue):
        return False
    return following[0].word not in _NO_NOUN and _stands_alone(text, cue)


def _stands_alone(text: str, cue: Cue) -> bool:
    """Whether what is left is a sentence although a comma or a long turn goes along."""
    head = text[max(cue.start - 80, 0) : cue.start].rstrip(" ")
    if head.endswith(","):
        listed = _LISTED.search(head)
        return listed is not None and listed[1].lower() in _ARTICLE
    comma = text[cue.end : cue.end + 1] == ","
    long = "-" not in cue.surface and len(tokens(cue.surface)) >= _LONG
    if _opens(head) or not (comma or long):
        return True
    return head.rsplit(None, 1)[-1].lower() in _ARTICLE


def _opens(head: str) -> bool:
    """A sentence begins behind a colon too, as far as capitals and lists go."""
    return opens(head) or head.rstrip().endswith(":")
