"""The score of a panel that a model played, stacked with the embedded one of the same people.

Half of each one's log odds, as for comparisons: an assumption until a benchmark has measured both
on the same choices of people. It is told beside the model's own figures and replaces none.
"""

from collections.abc import Sequence

from app.domain.panel.intervals import wilson
from app.domain.panel.noise import exp, ln
from app.domain.panel.preference import OF_THE_MODEL, of_both
from app.domain.panel.shapes import Json, Reaction

_FIGURE = "share of the panel that does not scroll by"
_PASSED_BY = "scroll"


def stacked(model: Sequence[Reaction], embedded: Sequence[Reaction]) -> Json:
    """The share that does not pass by: of both, and of each with its own interval."""
    of, judged = len(model), [_judged(model), _judged(embedded)]
    ends = [_stack([one["interval"][end] for one in judged], of) for end in (0, 1)]
    return {
        "figure": _FIGURE,
        "share": _stack([one["share"] for one in judged], of),
        "interval": ends,
        "model": judged[0],
        "embedded": judged[1],
        "weight_of_model": OF_THE_MODEL,
    }


def _judged(reactions: Sequence[Reaction]) -> Json:
    stopped = sum(one.state["outcome"]["decision"] != _PASSED_BY for one in reactions)
    low_high = wilson(stopped, len(reactions))
    return {"share": round(stopped / max(len(reactions), 1), 4), "interval": list(low_high)}


def _stack(shares: Sequence[float], of: int) -> float:
    """The weighted mean of log odds; none and all are half a person away from it."""
    value = of_both(*(_log_odds(share, of) for share in shares))
    return round(1.0 / (1.0 + exp(-value)), 4)


def _log_odds(share: float, of: int) -> float:
    least = 0.5 / (of + 1)
    kept = max(least, min(1.0 - least, share))
    return ln(kept / (1.0 - kept))
