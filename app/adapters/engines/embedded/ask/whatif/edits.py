"""Changes to a document's text: take out, put in place of, add, shorten, move up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.adapters.engines.embedded.ask.mention import Mention
from app.domain.panel.shapes import Cue, Document, Span

_GAPS = re.compile(r"[ \t]{2,}")
_LONE_MARKS = re.compile(r"[ \t]+([,.;:!?])")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited text, and what was done in words that finish "with …"."""

    text: str
    done: str
    touched: tuple[str, ...] = ()  # ids or kinds of the cues it is about
    supplies: str = ""  # the kind of cue an addition stands for


def take_out(document: Document, found: Mention) -> Edit:
    """The text without one phrase."""
    touched = tuple(
        cue.id for cue in document.cues if cue.start < found.end and found.start < cue.end
    )
    return Edit(_cut(document.text, [(found.start, found.end)]), "with it taken out", touched)


def take_out_kind(document: Document, kind: str, noun: str) -> Edit | None:
    """The text without any cue of a kind."""
    cues = [cue for cue in document.cues if cue.kind == kind and cue.end > cue.start]
    if not cues:
        return None
    text = _cut(document.text, [(cue.start, cue.end) for cue in _disjoint(cues)])
    return Edit(text, f"with the {noun} taken out", tuple(cue.id for cue in cues))


def take_out_span(span: Span, document: Document, noun: str) -> Edit | None:
    """The text without one of its pieces."""
    if len(document.spans) == 1:
        return None
    touched = tuple(cue.id for cue in document.cues if cue.span_id == span.id)
    return Edit(_cut(document.text, [(span.start, span.end)]), f"without the {noun}", touched)


def put_in_place(document: Document, found: Mention, new: str) -> Edit:
    """The text with one phrase replaced."""
    touched = tuple(
        cue.id for cue in document.cues if cue.start < found.end and found.start < cue.end
    )
    text = document.text[: found.start] + new + document.text[found.end :]
    return Edit(text, "with that wording", touched)


def add(document: Document, sentence: str, done: str, kind: str) -> Edit:
    """The text with a sentence after its opening, where every reader meets it."""
    at = document.spans[0].end
    text = document.text[:at].rstrip() + f" {sentence}" + document.text[at:]
    return Edit(text, done, (kind,), kind.removeprefix("missing_"))


def cut_short(document: Document) -> Edit | None:
    """The first half of the pieces."""
    keep = (len(document.spans) + 1) // 2
    if keep == len(document.spans):
        return None
    return Edit(document.text[: document.spans[keep - 1].end], "at half the length")


def move_up(document: Document, found: Mention) -> Edit | None:
    """The text with the piece that holds a phrase in front."""
    span = next((s for s in document.spans if s.start <= found.start < s.end), None)
    if span is None or span.id == document.spans[0].id:
        return None
    rest = _cut(document.text, [(span.start, span.end)])
    return Edit(f"{span.text}\n{rest}", "with that line first")


def _disjoint(cues: Iterable[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def _cut(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces, here = [], 0
    for start, end in stretches:
        pieces.append(text[here:start])
        here = end
    joined = "".join((*pieces, text[here:]))
    return _LONE_MARKS.sub(r"\1", _GAPS.sub(" ", joined)).strip()
