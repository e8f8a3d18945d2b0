"""Whether a call would begin anything, as far as that is known before its transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import idempotency
from app.domain.callers import Caller
from app.domain.runs import pausing
from app.domain.runs.order import Order


def would_start(
    session: Session,
    caller: Caller,
    tool: str,
    key: str | None,
    orders: Sequence[Order],
    now: datetime,
) -> bool:
    """Not a repeat, not paused, and paid for; the start itself decides once more."""
    return (
        caller.can_pay(sum(order.tokens for order in orders))
        and not idempotency.is_used(session, caller, tool, key)
        and pausing.until(session, caller.organization_id, now) is None
    )
