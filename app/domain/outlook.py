"""What an organization has left, what it spent, and when it runs out at its pace."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain import plans, projection, usage, wallets
from app.domain.projection import RunsOut
from app.domain.spending import DAY, Span
from app.domain.wallets import Standing, Wallet
from app.kit import clock


class Outlook(NamedTuple):
    """Figures of one moment, and what they lead to."""

    now: datetime
    standing: Standing
    spent: int  # since the period began
    period: Span
    by_day: dict[datetime, int]
    month: Span
    runs_out: RunsOut | None  # of what is prepaid
    included_out: RunsOut | None
    refused: RunsOut | None  # overage used up too, up to the cap

    @property
    def left(self) -> int:
        """Tokens that are paid for."""
        return self.standing.prepaid

    @property
    def on_plan(self) -> bool:
        """Whether the period is a plan's, at whose end the included tokens are renewed."""
        return self.had_plan and self.standing.status == "active"

    @property
    def had_plan(self) -> bool:
        """Whether a plan is or was paid for, due or ended as it may be."""
        return self.standing.plan in plans.PAID_PLANS

    @property
    def included(self) -> int:
        """Tokens the plan includes a period."""
        return plans.PLANS[self.standing.plan].included if self.on_plan else 0

    @property
    def lasts(self) -> bool:
        """Whether what is left is renewed before it is used up."""
        return self.on_plan and not self._early(self.runs_out)

    @property
    def warning(self) -> str:
        """The first of what people should know: nothing, refused, used_up, included or all."""
        room = self.standing.spendable
        if not room:
            return "nothing"
        if self._early(self.refused):
            return "all"
        if self.on_plan and not self.standing.included:
            return "used_up"
        return "included" if self.on_plan and self._early(self.included_out) else ""

    def _early(self, out: RunsOut | None) -> bool:
        return out is not None and out.at is not None and out.at < self.period.end


def of(session: Session, wallet: Wallet, now: datetime) -> Outlook:
    """The outlook of a wallet: three questions, however much was spent."""
    standing = wallets.standing(session, wallet, now)
    today = clock.day_start(now)
    start = standing.period(wallet.book, now)
    month = Span(clock.month_start(now), clock.month_after(clock.month_start(now)))
    first = min(clock.day_start(start), month.start, today - DAY * projection.DAYS)
    by_day = usage.by_day(session, wallet, Span(first, today + DAY))
    early = usage.total_before(session, wallet, start)
    since = clock.day_start(start)
    spent = sum(tokens for day, tokens in by_day.items() if day >= since) - early
    pace = projection.pace(by_day, now)
    rooms = (standing.prepaid, standing.included, standing.spendable)
    outs = [pace.runs_out(room, now) if pace else None for room in rooms]
    period = Span(start, standing.period_ends(wallet.book, now))
    return Outlook(now, standing, spent, period, by_day, month, *outs)
