"""Edits of shape: quieter, shorter sentences, the strong part first, the request last."""

import re

from app.adapters.engines.embedded.rewrite.text import tidy
from app.domain.panel.noise import total
from app.domain.panel.shapes import Document, Span
from app.domain.panel.word_sets import word_set

_LOUD = re.compile(r"[!！]{2,60}")  # noqa: RUF001
_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{4,20}(?![\w.])")
_JOINT = re.compile(
    r"(?:; |, (?P<and>and|but|so) (?=(?:we|you|it|they|this|the|i|he|she|there)\b)| — | – )",  # noqa: RUF001
    re.IGNORECASE,
)
_LEANING = word_set(
    "this that these those it they he she so but and or then also because which instead still"
    " however therefore for him her them there such both if when after before later afterwards"
)
_PLAIN_KINDS = ("sentence", "ask")
_EACH = 5  # words each half of a split sentence must have
_WHOLE = 8  # words that make a sentence able to open
_STRONG = 1.2  # figures and proof that make a sentence worth coming first
_TWEET = 280
_LINKEDIN_WORDS = 220


def quieter(document: Document) -> str:
    """Lower the voice: one mark at most, capitals only where they belong."""
    text = _LOUD.sub("!", document.text)
    loud = {cue.surface for cue in document.cues if cue.kind == "shouting"}
    for match in reversed(list(_CAPITALS.finditer(text))):
        if any(match[0] in surface for surface in loud):
            calm = match[0].lower()
            opens = (
                not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in ".!?"
            )
            text = (
                text[: match.start()] + (calm.capitalize() if opens else calm) + text[match.end() :]
            )
    return tidy(text)


def without_orders(document: Document) -> str:
    """Take out sentences that press or give orders to whoever reads along."""
    pressing = {cue.span_id for cue in document.cues if cue.kind == "urgency"}
    short = [
        span for span in document.spans
        if span.id in pressing and span.kind in ("sentence", "bullet") and span.words <= 16
    ]  # fmt: skip
    gone = sorted({*short, *_planted(document)}, key=lambda span: span.id)
    return _without(document, gone) if len(gone) < len(document.spans) else document.text


def without_planted(document: Document) -> str:
    """The text without what was planted in it for a machine to obey."""
    planted = _planted(document)
    return _without(document, planted) if len(planted) < len(document.spans) else document.text


def _planted(document: Document) -> list[Span]:
    """Sentences that give orders, and all of a line of which they are half."""
    ordering = {cue.span_id for cue in document.cues if cue.kind == "instruction"}
    found: dict[int, Span] = {}
    for span in document.spans:
        if span.id in ordering and span.id not in found:
            line = _line_of(document, span) or [span]
            orders = [one for one in line if one.id in ordering]
            found |= {one.id: one for one in (line if 2 * len(orders) >= len(line) else orders)}
    return list(found.values())


def split_sentences(document: Document) -> str:
    """Cut hard sentences in two where they are joined."""
    text = document.text
    for span in reversed(document.spans):
        hard = any(cue.kind == "hard_sentence" and cue.span_id == span.id for cue in document.cues)
        if hard:
            text = text[: span.start] + _halved(span.text) + text[span.end :]
    return text


def strongest_first(document: Document) -> str:
    """Open the paragraph with the sentence that says most."""
    line = _first_paragraph(document)
    if len(line) < 3 or _strength(document, line[0]) or _told_as_story(document):
        return document.text
    best = max(line[1:], key=lambda span: (_strength(document, span), -span.id))
    first_word = best.text.split()[0].strip("\"'“(").lower()
    if best.words < _WHOLE or _strength(document, best) < _STRONG or first_word in _LEANING:
        return document.text
    rest = [span for span in line if span.id != best.id]
    return _reordered(document, line, [best, *rest])


def request_last(document: Document) -> str:
    """Let the request close the paragraph it stands in."""
    for ask in document.spans:
        line = _line_of(document, ask)
        late = [span for span in line if span.id > ask.id]
        if ask.kind == "ask" and late and all(span.kind == "sentence" for span in late):
            return _reordered(document, line, [s for s in line if s.id != ask.id] + [ask])
    return document.text


def fewer_tags(document: Document) -> str:
    """Keep two hashtags."""
    text = document.text
    for span in reversed(document.spans):
        if span.kind == "hashtag":
            text = text[: span.start] + " ".join(span.text.split()[:2]) + text[span.end :]
    return text


def cut_to_length(document: Document) -> str:
    """Leave out the emptiest sentences until the format carries the text."""
    spans = [span for span in document.spans if span.kind == "sentence"]
    by_worth = sorted(spans, key=lambda span: (_worth(document, span), -span.id))
    dropped: list[Span] = []
    while by_worth and _too_long(document, dropped) and len(dropped) + 1 < len(spans):
        dropped.append(by_worth.pop(0))
    return _without(document, dropped)


def _too_long(document: Document, dropped: list[Span]) -> bool:
    if document.content_type == "tweet":
        return len(document.text) - sum(len(span.text) + 1 for span in dropped) > _TWEET
    words = sum(span.words for span in document.spans) - sum(span.words for span in dropped)
    return document.content_type == "linkedin" and words > _LINKEDIN_WORDS


def _worth(document: Document, span: Span) -> float:
    empty = ("vague_claim", "hype", "filler", "corporate_we")
    own = [cue for cue in document.cues if cue.span_id == span.id]
    return total(-1.0 if cue.kind in empty else 1.0 for cue in own) - 2.0 * (not own)


def _without(document: Document, dropped: list[Span]) -> str:
    text = document.text
    for span in sorted(dropped, key=lambda span: -span.start):
        text = text[: span.start] + text[span.end :].lstrip(" \t")
    return tidy(text)


def _halved(sentence: str) -> str:
    joints = [
        match
        for match in _JOINT.finditer(sentence)
        if min(len(sentence[: match.start()].split()), len(sentence[match.end() :].split()))
        >= _EACH
    ]
    if not joints:
        return sentence
    middle = len(sentence) / 2
    joint = min(joints, key=lambda match: (abs(match.start() - middle), match.start()))
    word = (joint["and"] or "").lower()
    rest = sentence[joint.end() :]
    rest = f"{word.capitalize()} {rest}" if word in ("but", "so") else rest[:1].upper() + rest[1:]
    return f"{sentence[: joint.start()]}. {rest}"


def _told_as_story(document: Document) -> bool:
    return sum(cue.kind == "story" for cue in document.cues) > 2


def _strength(document: Document, span: Span) -> float:
    kinds = ("number", "proof")
    return total(
        cue.strength for cue in document.cues if cue.span_id == span.id and cue.kind in kinds
    )


def _first_paragraph(document: Document) -> list[Span]:
    plain = [span for span in document.spans if span.kind in _PLAIN_KINDS]
    return _line_of(document, plain[0]) if plain else []


def _line_of(document: Document, span: Span) -> list[Span]:
    """The sentences of the line this one stands in."""
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    end = len(document.text) if end < 0 else end
    return [
        other for other in document.spans
        if start <= other.start and other.end <= end and other.kind in _PLAIN_KINDS
    ]  # fmt: skip


def _reordered(document: Document, line: list[Span], order: list[Span]) -> str:
    text = document.text
    head, tail = text[: line[0].start], text[line[-1].end :]
    return head + " ".join(_closed(span.text) for span in order) + tail


def _closed(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…:" else sentence + "."
