"""When tokens run out at the pace of the last two weeks, and how sure that is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from app.kit import clock

DAYS = 14
LEAST_DAYS = 3  # since the first spending: fewer say nothing about the next ones
FAR = timedelta(days=365)
_DAY = timedelta(days=1)
# The 97.5 % point of Student's t by degrees of freedom, from 2: few days are few observations.
_T = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160)


class Pace(NamedTuple):
    """Tokens a day: their mean over so many whole days, and its 95 % interval."""

    rate: float
    low: float
    high: float
    days: int

    def runs_out(self, tokens: int, now: datetime) -> "RunsOut":
        """When so many tokens are gone."""
        at, earliest, latest = (
            _gone(tokens, each, now) for each in (self.rate, self.high, self.low)
        )
        return RunsOut(at, earliest, latest, self)


class RunsOut(NamedTuple):
    """A moment and its interval; None: not within a year."""

    at: datetime | None
    earliest: datetime | None
    latest: datetime | None
    pace: Pace


def pace(by_day: Mapping[datetime, int], now: datetime) -> Pace | None:
    """The pace of the whole days before today; None where there is too little to project from."""
    today = clock.day_start(now)
    spent = [by_day.get(today - _DAY * back, 0) for back in range(DAYS, 0, -1)]
    while spent and not spent[0]:  # before the first spending nobody was here to spend
        spent.pop(0)
    if len(spent) < LEAST_DAYS:
        return None
    mean = fmean(spent)
    margin = _T[len(spent) - LEAST_DAYS] * stdev(spent) / sqrt(len(spent))
    return Pace(mean, max(0.0, mean - margin), mean + margin, len(spent))


def _gone(tokens: int, rate: float, now: datetime) -> datetime | None:
    if rate * FAR.days <= tokens:
        return None
    return now + timedelta(days=tokens / rate)
