"""A wallet put on a plan by hand, with the plan's whole allotment."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import periods, plans
from app.domain.wallets import Wallet


def begin_plan(
    session: Session, wallet: Wallet, plan: str, *, start: datetime, end: datetime, cause: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Begin a period of a plan once for a cause; False where it was begun before."""
    tokens = plans.PLANS[plan].included
    if periods.allot(session, wallet, tokens, start=start, end=end, cause=cause, now=now) is None:
        return False
    periods.switch(session, wallet, plan, status="active", usable_until=None)
    return True
