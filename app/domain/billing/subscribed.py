"""How an organization stands with the payment provider, as its pages tell it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.billing import accounts
from app.domain.billing.records import GOING, LIVING
from app.domain.billing.standing import GRACE

_DAY = timedelta(days=1)
_STOPPED = ("unpaid", "paused")


class Subscribed(NamedTuple):
    """Its plan at the provider, what is to come of it, and what has to be paid."""

    customer_id: str | None = None
    subscription_id: str | None = None
    plan: str | None = None
    status: str = "none"
    next_plan: str | None = None
    renews_at: datetime | None = None
    cancels_at: datetime | None = None
    failing_since: datetime | None = None
    open_invoice_id: str | None = None
    cap_chosen: bool = False

    @property
    def lives(self) -> bool:
        """Whether there is a subscription: another plan is a change of it."""
        return self.status in LIVING and self.subscription_id is not None

    @property
    def changeable(self) -> bool:
        """Whether its plan can be changed now: nothing waits for money."""
        return self.lives and self.status in GOING and self.plan is not None

    @property
    def trouble(self) -> str:
        """What is wrong with its money: failed, stopped, unfinished or nothing."""
        if self.status == "past_due":
            return "failed"
        if self.status in _STOPPED:
            return "stopped"
        return "unfinished" if self.status == "incomplete" else ""

    @property
    def grace_ends(self) -> datetime | None:
        """Until when tokens can be used though a payment failed."""
        return None if self.failing_since is None else self.failing_since + GRACE

    def days_left(self, now: datetime) -> int:
        """Days of that, the one that has begun included."""
        ends = self.grace_ends
        return max(0, -((now - ends) // _DAY)) if ends is not None else 0


def of(session: Session, organization_id: str, mode: str) -> Subscribed:
    """One question; who never bought anything stands with nobody."""
    kept = accounts.of(session, organization_id, mode)
    if kept is None:
        return Subscribed()
    return Subscribed(*(getattr(kept, name) for name in Subscribed._fields))
