"""What a subscription costs and when, from values alone; nothing here is written or read."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain import plans
from app.domain.billing import prorated
from app.domain.billing.records import Line
from app.domain.billing.simulated import prices
from app.kit import clock


@dataclass(frozen=True, slots=True)
class Term:
    """The running period of a subscription, and what comes after it."""

    plan: str
    began: datetime  # the day of the month its periods end on
    start: datetime
    end: datetime
    next_plan: str | None = None
    ends: bool = False  # with this period
    usage: Mapping[str, int] = field(default_factory=dict)  # tokens not billed yet, by plan

    def using(self, tokens: int) -> "Term":
        """The same with more overage to bill, at the price of the plan it is on."""
        return replace(self, usage={**self.usage, self.plan: self.usage.get(self.plan, 0) + tokens})


def begun(plan: str, now: datetime) -> Term:
    """The first month."""
    return Term(plan, now, now, period_end(now, now))


def renewed(term: Term) -> Term | None:
    """The next month, on the plan that was chosen for it; None where it ends with this one."""
    if term.ends:
        return None
    return Term(term.next_plan or term.plan, term.began, term.end, period_end(term.end, term.began))


def at(term: Term, moment: datetime) -> Term | None:
    """The period a moment falls into, if everything goes on as it was chosen."""
    found: Term | None = term
    while found is not None and found.end <= moment:
        found = renewed(found)
    return found


def period_end(start: datetime, began: datetime) -> datetime:
    """A month later on the day it began, or that month's last: 31 January, 28 February."""
    first = clock.month_after(start.replace(day=1))
    return first.replace(day=min(began.day, monthrange(first.year, first.month)[1]))


def month_line(term: Term) -> Line:
    """The plan, for the whole period."""
    price_id = prices.of(f"plan:{term.plan}")
    return Line(price_id, prices.usd_micros(price_id), term.start, term.end, proration=False)


def usage_lines(term: Term) -> list[Line]:
    """The overage of a period that ends, each plan's at its own price."""
    lines = []
    for plan, tokens in sorted(term.usage.items()):
        price_id = prices.of(f"overage:{plan}")
        cost = plans.in_cents(tokens * prices.usd_micros(price_id))
        lines.append(Line(price_id, cost, term.start, term.end, proration=False))
    return lines


def change_lines(term: Term, plan: str, moment: datetime) -> list[Line]:
    """The rest of the old plan given back and the rest of the new one charged, by the second."""
    old, new = (prices.of(f"plan:{name}") for name in (term.plan, plan))
    begins = within(term, moment)
    return [
        Line(old, -_rest(old, term, begins), begins, term.end, proration=True),
        Line(new, _rest(new, term, begins), begins, term.end, proration=True),
    ]


def within(term: Term, moment: datetime) -> datetime:
    """The moment, or the nearest one of the period."""
    return prorated.within(term.start, term.end, moment)


def total(lines: list[Line]) -> int:
    """What lines add up to."""
    return sum(line.usd_micros for line in lines)


def _rest(price_id: str, term: Term, begins: datetime) -> int:
    return prorated.rest(prices.usd_micros(price_id), term.start, term.end, begins)
