"""The edit that would deal with what put a person off."""

from app.adapters.engines.embedded.ask.mention import Mention
from app.adapters.engines.embedded.ask.whatif import edits
from app.adapters.engines.embedded.ask.whatif.edits import Edit
from app.adapters.engines.embedded.voice.points import Point
from app.domain.panel.shapes import Document

_PLACEHOLDERS = {
    "missing_price": "[add price]",
    "missing_proof": "[add source]",
    "missing_ask": "[add next step]",
    "missing_benefit": "[say what the reader gains]",
    "missing_audience": "[say who it is for]",
}
_REMOVABLE = frozenset(
    ("hype", "jargon", "urgency", "shouting", "filler", "emoji", "hashtag", "instruction",
     "vague_claim", "corporate_we")
)  # fmt: skip


def mended(document: Document, point: Point) -> Edit | None:
    """The text with one thing put right, None where no plain edit does that."""
    if point.kind in _PLACEHOLDERS:
        return edits.add(document, _PLACEHOLDERS[point.kind], "with that added", point.kind)
    cue = next((cue for cue in document.cues if cue.id == point.ref), None)
    if cue is None or cue.kind not in _REMOVABLE or cue.end <= cue.start:
        return None
    return edits.take_out(document, Mention(cue.start, cue.end, cue.surface))
