"""A chart of days: one column each, under a scale whose top and middle are round numbers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

_STEPS = (10, 12, 16, 20, 30, 40, 50, 60, 80, 100)


class Column(NamedTuple):
    """One day: what it counts, and how high it stands of 100."""

    day: datetime
    value: int
    height: float


class Columns(NamedTuple):
    """Some days, and what the height of 100 stands for."""

    days: tuple[Column, ...]
    top: int

    @property
    def middle(self) -> int:
        """What half the height stands for."""
        return self.top // 2

    @property
    def total(self) -> int:
        """All days together."""
        return sum(each.value for each in self.days)

    @property
    def largest(self) -> Column:
        """The day with most."""
        return max(self.days, key=lambda each: each.value)


def columns(days: Iterable[datetime], values: Mapping[datetime, int]) -> Columns:
    """The columns of some days; one without a value counts nothing."""
    counts = {day: values.get(day, 0) for day in days}
    top = _top(max(counts.values(), default=0))
    return Columns(
        tuple(Column(day, count, round(100 * count / top, 1)) for day, count in counts.items()), top
    )


def _top(most: int) -> int:
    scale = 1
    while most > _STEPS[-1] * scale:
        scale *= 10
    return next(step * scale for step in _STEPS if step * scale >= most)
