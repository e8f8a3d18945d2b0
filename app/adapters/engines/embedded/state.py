"""What is stored of a seat: enough for figures, groups and evidence; the rest is recomputed."""

from app.adapters.engines.embedded.decide import PULLS
from app.adapters.engines.embedded.seat import Seat
from app.adapters.engines.embedded.weights import DIMENSIONS
from app.domain.panel.shapes import Json

_KEPT = 12
_OF_THE_FIT = {"circle": "circle", "knows": "fit"}
_OF_THE_READER = {"trait": "temper", "mood": "moment"}


def state_of(seat: Seat) -> Json:
    """The stored state as small JSON."""
    outcome, appraisal = seat.outcome, seat.appraisal
    return {
        "outcome": {
            "decision": outcome.decision,
            "intent": outcome.intent,
            "trust": outcome.trust,
            "sentiment": outcome.sentiment,
            "utility": outcome.utility,
        },
        "levels": {name: getattr(appraisal, name) for name in DIMENSIONS},
        "reasons": _reasons(seat),
        "read": {"spans": len(seat.exposure.span_ids), "words": seat.exposure.words,
                 "finished": seat.exposure.finished},
    }  # fmt: skip


def _reasons(seat: Seat) -> list[list[str | float]]:
    """The pull of each kind of cue, of the subject's fit, of temper and moment, strongest first."""
    sums: dict[str, float] = {}
    for term in seat.appraisal.ledger:
        kind = _kind(term.source, term.ref)
        if kind:
            sums[kind] = sums.get(kind, 0.0) + PULLS[term.dimension] * term.value
    ordered = sorted(sums.items(), key=lambda item: (-abs(round(item[1], 6)), item[0]))
    return [[kind, round(value, 4)] for kind, value in ordered[:_KEPT]]


def _kind(source: str, ref: str) -> str:
    if source == "cue":
        return ref.partition(":")[0]
    return _OF_THE_FIT.get(ref) or _OF_THE_READER.get(source, "")
