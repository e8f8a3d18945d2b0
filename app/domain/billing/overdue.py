"""What the provider should have told of by now, renewals and pages: it is read as if it had."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import Session

from app.domain.billing import notices
from app.domain.billing.purchases import LAST_HOUR
from app.models.billing import Purchase
from app.models.payments import BillingAccount
from app.models.work import Work

LATE = timedelta(hours=2)  # an invoice is a draft for an hour
FORGOTTEN = timedelta(days=7)
# A page is looked at twice: when it is over, and once more when a bank has had its days. The row of
# work that does it says that it was, and is kept for longer than a page is remembered here.
_ONCE, _ONCE_MORE = "over", "over_long"
_LOOKS = {_ONCE: LATE, _ONCE_MORE: timedelta(days=6)}
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
    """Have pages read that are over by now and of which nothing was heard, each twice at most."""
    return sum(_pages(session, mode, when, now) for when in _LOOKS)


def awaited(now: datetime) -> ColumnElement[bool]:
    """Purchases whose money may come, or be there unheard of: open, or not looked at since."""
    ended = Work.ended_at.is_not(None), Work.error.is_(None)  # put off, it has read nothing yet
    looked = exists().where(Work.key == _key(_ONCE), *ended)
    unheard = and_(Purchase.expires_at > now - FORGOTTEN, ~looked)
    return and_(
        Purchase.checkout_id.is_not(None),
        Purchase.paid_at.is_(None),
        or_(Purchase.expires_at > now - LAST_HOUR, unheard),
    )


def _pages(session: Session, mode: str, when: str, now: datetime) -> int:
    over = select(Purchase.checkout_id).where(
        Purchase.mode == mode,
        Purchase.checkout_id.is_not(None),
        Purchase.paid_at.is_(None),
        Purchase.expires_at.between(now - FORGOTTEN, now - _LOOKS[when]),
        ~exists().where(Work.key == _key(when)),
    )
    found = session.scalars(over.order_by(Purchase.expires_at).limit(_BATCH)).all()
    for page_id in map(str, found):
        notices.look_again(session, "checkout", page_id, cause=f"{when}:{page_id}", now=now)
    return len(found)


def _key(when: str) -> ColumnElement[str]:
    return literal(f"{notices.KIND}:{when}:") + Purchase.checkout_id
