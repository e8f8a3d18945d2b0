"""A plan of an organization that is being deleted: it does not renew, and ends with it.

Whoever undoes the deletion has their plan again; one they had cancelled themselves stays so. A
change that was to come with the next period is dropped, and has to be asked for anew.
"""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy.orm import Session

from app import outbox
from app.domain.billing import accounts
from app.kit import clock
from app.models.accounts import Organization
from app.models.payments import BillingAccount

KIND = "wind_down"
PATIENCE = timedelta(days=30)
Act = Literal["end_at_end", "keep", "end_now"]


class Due(NamedTuple):
    """What the provider is to be asked for a plan."""

    subscription_id: str
    act: Act


def follow(session: Session, organization_id: str, now: datetime) -> None:
    """Have plan and open pages follow their organization: being deleted or not, gone, stopped."""
    key = f"{KIND}:{organization_id}:{clock.milliseconds(now)}"
    payload = {"organization_id": organization_id, "since": clock.iso(now)}
    outbox.record(session, KIND, payload, key=key, now=now)


def due(session: Session, organization_id: str, mode: str) -> Due | None:
    """What follows from how the organization is now; None where nothing has to be asked."""
    account = accounts.of(session, organization_id, mode)
    if not accounts.lives(account) or account.subscription_id is None:
        return None
    organization = session.get_one(Organization, organization_id)
    if organization.deleted_at is not None:
        return Due(account.subscription_id, "end_now")
    if organization.deletion_due_at is None:
        return Due(account.subscription_id, "keep") if account.winding_down else None
    return Due(account.subscription_id, "end_at_end") if account.cancels_at is None else None


def catch_up(session: Session, account: BillingAccount, now: datetime) -> None:
    """Have a plan end that was begun while its organization ends: its page had been open."""
    its = due(session, account.organization_id, account.mode)
    if its is not None and its.act != "keep":
        follow(session, account.organization_id, now)


def remember(session: Session, organization_id: str, mode: str, *, ours: bool) -> None:
    """Whether an end is ours: written before it is asked for, and until it is taken back."""
    accounts.locked(session, organization_id, mode).winding_down = ours
    session.flush()


def nameless(session: Session, organization_id: str, mode: str) -> str | None:
    """The customer of an organization that is gone, whose name the provider is to forget."""
    gone = session.get_one(Organization, organization_id).deleted_at is not None
    account = accounts.of(session, organization_id, mode)
    return account.customer_id if gone and account is not None else None
