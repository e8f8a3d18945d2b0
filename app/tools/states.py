"""One state for several runs that belong together."""

from collections.abc import Sequence

from app.domain.runs.outcome import OVER
from app.models.runs import Comparison

_ORDER = ("pending", "running", "synthesizing", "complete")


def together(statuses: Sequence[str]) -> str:
    """The least advanced state of several, unless one has stopped them all."""
    for stopped in ("failed", "cancelled"):
        if stopped in statuses:
            return stopped
    if len(set(statuses)) > 1 and "pending" in statuses:
        return "running"
    return min(statuses, key=_ORDER.index)


def of_comparison(comparison: Comparison, runs: str) -> str:
    """A comparison is complete with its result, a moment after its last run."""
    if comparison.status in OVER:
        return comparison.status
    return "synthesizing" if runs == "complete" else runs
