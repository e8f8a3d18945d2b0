"""Earlier reports side by side, and whether the same people read them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.domain.runs import titles
from app.domain.runs.sheet import Sheet
from app.web.words import DECISIONS

_DIFFER = {
    0: "seeds",
    1: "audiences",
    2: "types of text",
    3: "engines",
}


class Decision(NamedTuple):
    """What people did, how many of them, and the interval of their share."""

    did: str
    people: int
    low: float
    high: float


class Column(NamedTuple):
    """One run, as far as it is comparable."""

    run: Sheet
    name: str
    report: dict[str, Any] | None
    intent: float
    intent_range: tuple[float, float] | None
    decisions: tuple[Decision, ...]

    @property
    def people(self) -> int:
        """How many read it."""
        return self.run.persona_count


class Beside(NamedTuple):
    """The columns, and what must be said of them."""

    columns: tuple[Column, ...]
    differences: tuple[str, ...]  # of their panels; empty: the same people read
    unready: tuple[Sheet, ...]
    unequal: bool  # not of one size: the larger panel holds the smaller one
    mixed: bool  # not of one type: they cannot be compared before one panel


def of(runs: Sequence[Sheet]) -> Beside | None:
    """What is known of these runs already; None where none was named."""
    if not runs:
        return None
    done = [run for run in runs if run.findings is not None]
    readers = list(zip(*(run.readers for run in done), strict=True))
    return Beside(
        columns=tuple(map(_column, done)),
        differences=tuple(_DIFFER[n] for n, each in enumerate(readers) if len(set(each)) > 1),
        unready=tuple(run for run in runs if run.findings is None),
        unequal=len({run.persona_count for run in done}) > 1,
        mixed=len({run.content_type for run in runs}) > 1,
    )


def _column(run: Sheet) -> Column:
    found = run.findings
    if found is None:
        raise AssertionError("Only complete runs have a column.")
    intervals = found.stats.get("intervals", {})
    decisions = intervals.get("decisions", {})
    reach = intervals.get("avgIntent")
    return Column(
        run=run,
        name=titles.title(run.label, run.url, run.content),
        report=found.report,
        intent=found.stats["avgIntent"],
        intent_range=(reach[0], reach[1]) if reach else None,
        decisions=tuple(
            Decision(DECISIONS[name], count, *decisions.get(name, (0.0, 1.0)))
            for name, count in found.stats["decisions"].items()
        ),
    )
