"""The edit that would deal with what put a person off."""

from collections.abc import Sequence

from app.adapters.engines.embedded.voice.points import Point
from app.domain.panel.shapes import Document

_PLACEHOLDERS = {
    "missing_price": " [add price]",
    "missing_proof": " [add source]",
    "missing_ask": " [add next step]",
    "missing_benefit": " [say what the reader gains]",
    "missing_audience": " [say who it is for]",
}
_REMOVABLE = frozenset(
    ("hype", "jargon", "urgency", "shouting", "filler", "emoji", "hashtag", "instruction",
     "vague_claim", "corporate_we")
)  # fmt: skip

_Change = tuple[int, int, str]  # from, to, what stands there instead


def mended(document: Document, points: Sequence[Point]) -> str | None:
    """The text with these things put right, None where no plain edit does that."""
    changes = [made for point in points if (made := _change(document, point)) is not None]
    if not changes:
        return None
    text, here = "", 0
    for start, end, new in sorted(changes):
        if start >= here:
            text += document.text[here:start] + new
            here = end
    return text + document.text[here:]


def _change(document: Document, point: Point) -> _Change | None:
    if point.kind in _PLACEHOLDERS:
        at = document.spans[0].end
        return at, at, _PLACEHOLDERS[point.kind]
    cue = next((cue for cue in document.cues if cue.id == point.ref), None)
    if cue is None or cue.kind not in _REMOVABLE or cue.end <= cue.start:
        return None
    after = cue.end + (document.text[cue.end : cue.end + 1] == " ")
    return cue.start, after, ""
