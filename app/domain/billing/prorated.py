"""What the rest of a period is worth on another plan: dollars and, by the same rule, tokens.

The provider says what is charged; this is how much that will be, and what it will bring.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from math import floor
from typing import NamedTuple

from app.domain import plans

_SECOND = timedelta(seconds=1)


class Difference(NamedTuple):
    """What going over to another plan costs now and brings now; both negative where it is less."""

    usd_micros: int
    tokens: int


def difference(before: str, after: str, start: datetime, end: datetime, at: datetime) -> Difference:
    """The rest of the old plan given back, that of the new one charged, each in whole cents."""
    old, new = plans.PLANS[before], plans.PLANS[after]
    back, charged = (rest(plan.usd_micros, start, end, at) for plan in (old, new))
    tokens = _share(new, charged) - _share(old, back)
    return Difference(charged - back, floor(tokens))


def rest(usd_micros: int, start: datetime, end: datetime, at: datetime) -> int:
    """What is left of a period's price at a moment, by the second and in whole cents."""
    left, whole = (end - within(start, end, at)) // _SECOND, (end - start) // _SECOND
    return plans.in_cents(usd_micros * left, max(whole, 1))


def within(start: datetime, end: datetime, at: datetime) -> datetime:
    """The moment, or the nearest one of the period."""
    return min(max(at, start), end)


def _share(plan: plans.Plan, micros: int) -> Fraction:
    """Tokens follow the money: so much of the price brings so much of the allotment."""
    return Fraction(plan.included * micros, plan.usd_micros)
