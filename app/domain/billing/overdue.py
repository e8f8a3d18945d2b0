"""What the provider should have told of by now, renewals and pages: it is read as if it had."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.billing import notices
from app.models.billing import Purchase
from app.models.payments import BillingAccount

LATE = timedelta(hours=2)  # an invoice is a draft for an hour
FORGOTTEN = timedelta(days=7)
_BATCH = 100
_ON = ("active", "trialing", "past_due")


def look(session: Session, mode: str, now: datetime) -> int:
    """Have accounts read whose period is over, each at most once an hour."""
    due = select(BillingAccount).where(
        BillingAccount.mode == mode,
        BillingAccount.customer_id.is_not(None),
        BillingAccount.status.in_(_ON),
        BillingAccount.renews_at < now - LATE,
    )
    found = session.scalars(due.order_by(BillingAccount.renews_at).limit(_BATCH)).all()
    for account in found:
        cause = f"overdue:{account.organization_id}:{now:%Y-%m-%dT%H}"
        notices.look_again(session, "customer", str(account.customer_id), cause=cause, now=now)
    return len(found)


def pages(session: Session, mode: str, now: datetime) -> int:
    """Have pages read that are over by now and of which nothing was heard, each once."""
    over = select(Purchase).where(
        Purchase.mode == mode,
        Purchase.checkout_id.is_not(None),
        Purchase.paid_at.is_(None),
        Purchase.expires_at.between(now - FORGOTTEN, now - LATE),
    )
    found = session.scalars(over.order_by(Purchase.expires_at).limit(_BATCH)).all()
    for purchase in found:
        page_id = str(purchase.checkout_id)
        notices.look_again(session, "checkout", page_id, cause=f"over:{page_id}", now=now)
    return len(found)
