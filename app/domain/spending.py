"""What was spent, by whom and in which span: plain records, and what they add up to."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from app.kit import clock

DAY = timedelta(days=1)
_TICK = timedelta(milliseconds=1)


class Span(NamedTuple):
    """From a moment up to a day's end, not itself part of it."""

    start: datetime
    end: datetime

    def days(self) -> list[datetime]:
        """The first instants of its days."""
        first = clock.day_start(self.start)
        return [first + DAY * n for n in range((self.end - first + DAY - _TICK) // DAY)]


class Charged(NamedTuple):
    """Tokens, and the runs, comparisons and questions they went to."""

    tokens: int = 0
    charges: int = 0

    def less(self, other: "Charged") -> "Charged":
        """Without the other."""
        return Charged(self.tokens - other.tokens, self.charges - other.charges)


class Spender(NamedTuple):
    """A key, an app or the dashboard, used by or for a person; empty where nobody was counted."""

    subject: str
    user_id: str


class DayRow(NamedTuple):
    """One day of one spender."""

    day: datetime
    who: Spender
    charged: Charged


def without(
    spent: Mapping[Spender, Charged], early: Mapping[Spender, Charged]
) -> dict[Spender, Charged]:
    """Spending less what of it came before its period."""
    left = {who: charged.less(early.get(who, Charged())) for who, charged in spent.items()}
    return {who: charged for who, charged in left.items() if charged.tokens}


def total(spent: Mapping[Spender, Charged]) -> int:
    """All tokens of some spending."""
    return sum(charged.tokens for charged in spent.values())


def summed(spent: Mapping[Spender, Charged], field: int) -> list[tuple[str, Charged]]:
    """By subject (0) or by person (1), most tokens first."""
    tokens: Counter[str] = Counter()
    charges: Counter[str] = Counter()
    for who, charged in spent.items():
        tokens[who[field]] += charged.tokens
        charges[who[field]] += charged.charges
    return [(name, Charged(count, charges[name])) for name, count in tokens.most_common()]
