"""What is known, and not known, about panels a model plays."""

from collections.abc import Sequence

from app.adapters.engines.llm.prompt.text import Shown
from app.domain.panel.shapes import Json, Reaction

_NOTE = (
    "A simulation played by a language model. Nothing of it has been checked against people, its"
    " shares least of all. Who sits on the panel, how far they read and what is drawn from the"
    " model's odds follows from the seed; the model's words need not come again. `stacked` is half"
    " of the model's log odds and half of the embedded engine's for the same people: a weight"
    " nobody has measured, and its embedded half does come again. Use it to find problems, and"
    " confirm with people. Intervals are sampling error of the simulation only."
)
_NOT_VALIDATED = (
    "absolute rates", "shares", "individual personas", "segments", "purchase intent",
    "friction severities", "predicted gain of the rewrite", "comparisons",
)  # fmt: skip


def validity(
    model: str, text: Shown, language: str, seated: int, reactions: Sequence[Reaction]
) -> Json:
    """The validity block of a report."""
    lost = seated - len(reactions)
    told = [_NOTE]
    if text.shortened:
        told.append(
            f"The panel read a shortened text, its first {len(text.lines)} of {text.whole} lines:"
            " reading more costs more than the test earns."
        )
    if lost:
        told.append(f"{lost} of {seated} people did not answer; they count nowhere.")
    return {
        "level": "unvalidated-format",
        "task": None,
        "accuracy": None,
        "ci": None,
        "data": None,
        "baseline": None,
        "ceiling": None,
        "not_validated": list(_NOT_VALIDATED),
        "language": language,
        "note": " ".join(told),
        "model": model,
        "shortened": text.shortened,
        "people_lost": lost,
        "quotes_dropped": sum(one.state.get("dropped", 0) for one in reactions),
    }


def looked_at(note: str, reactions: Sequence[Reaction]) -> Json:
    """What the block of a visual run says besides: how many reacted to the page's picture."""
    saw = sum(bool(one.state.get("saw")) for one in reactions)
    if saw == len(reactions):
        return {"picture_seen_by": saw}
    told = f"{len(reactions) - saw} of {len(reactions)} people read the page's text without seeing"
    return {"picture_seen_by": saw, "note": f"{note} {told} its picture: the model took none."}
