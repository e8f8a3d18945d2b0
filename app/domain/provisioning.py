"""A key for somebody's agent before anybody signs up: an organization that nobody has claimed.

It may spend part of the trial and what was bought for it. Whoever has the address claims it.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select, text, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit, keys, mails, trial
from app.domain.billing import overdue
from app.domain.keys import NewKey
from app.errors import Conflict
from app.kit import ids
from app.models.accounts import UNCLAIMED, Organization, User
from app.models.billing import Purchase

LIFE = timedelta(days=30)  # of one that nobody claims and nobody pays for

_INDEXED = text("claimed_at IS NULL AND deleted_at IS NULL")


class AccountExists(Conflict):
    """The address has an account; its owner makes keys there."""

    code = "account_exists"


class PendingClaim(Conflict):
    """The address was provisioned or signed up before, and nobody has proved it yet."""

    code = "pending_claim"


class Provisioned(NamedTuple):
    """What an agent gets, at the only moment the key is known."""

    organization_id: str
    key: NewKey
    trial_tokens: int
    expires_at: datetime


def provision(
    session: Session, email: str, address: str, *, mode: str, per_day: int, now: datetime
) -> Provisioned:
    """Make an organization for an address nobody has proved, and its one key.

    AccountExists or PendingClaim where there is one: never a second key.
    """
    _refuse_known(session, email)
    organization_id = _new_organization(session, email, now)
    key = keys.create(
        session, organization_id, user_id=None, name="provisioned", made_from=address, now=now
    )
    given = trial.grant_part(session, email, organization_id, mode, per_day=per_day, now=now)
    facts = {"from": address}
    audit.record(
        session, organization_id, organization_id, "organization.provisioned", key.id, facts, now
    )
    return Provisioned(organization_id, key, given, now + LIFE)


def _refuse_known(session: Session, email: str) -> None:
    """Refuse an address that has an account or an organization to claim."""
    proved = session.scalar(
        select(User.email_verified_at.is_not(None)).where(
            User.email == email, User.deleted_at.is_(None)
        )
    )
    if proved:
        raise AccountExists(
            "This address has an account.",
            hint="Its owner was mailed a link to sign in; keys are made in the dashboard.",
        )
    if proved is not None:
        raise PendingClaim(
            "Somebody signed up with this address, and nobody has confirmed it yet.",
            hint="Its owner was mailed a link; keys are made in the dashboard after that.",
        )
    if _pending(session, email) is not None:
        raise _pending_claim()


def mail(session: Session, email: str, now: datetime) -> None:
    """Write to whoever has the address: to claim what was made, or to sign in to what they have."""
    pending = _pending(session, email)
    if pending is not None:
        mails.record(session, "claim", email, {"organization": pending}, now)
    else:
        mails.record(session, "provision_known", email, {}, now)


def end_unclaimed(session: Session, now: datetime) -> int:
    """End what nobody claimed and nobody paid for within thirty days, nor is about to."""
    due = select(Organization.id).where(*_ending(now))
    return sum(_end(session, organization_id, now) for organization_id in session.scalars(due))


def _end(session: Session, organization_id: str, now: datetime) -> bool:
    """Looked at again behind its lock: somebody may claim it or pay at this very moment."""
    lock = select(Organization.id).where(Organization.id == organization_id)
    if session.scalar(lock.with_for_update(key_share=True, skip_locked=True)) is None:
        return False
    ended = update(Organization).where(Organization.id == organization_id, *_ending(now))
    if not changed(session, ended.values(deleted_at=now)):
        return False
    for key in keys.listed(session, organization_id):
        keys.revoke(session, organization_id, key.id, actor=audit.OPERATOR, now=now)
    return True


def _ending(now: datetime) -> tuple[ColumnElement[bool], ...]:
    bought = exists().where(
        Purchase.organization_id == Organization.id,
        or_(Purchase.paid_at.is_not(None), overdue.awaited(now)),
    )
    return (
        UNCLAIMED,
        Organization.created_at < now - LIFE,
        ~bought,
    )


def _new_organization(session: Session, email: str, now: datetime) -> str:
    """Of two at the same instant one is refused, by the database itself."""
    organization_id = ids.new("org")
    statement = (
        insert(session, Organization)
        .values(
            id=organization_id,
            name=email.partition("@")[0][:80],
            claim_email=email,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["claim_email"], index_where=_INDEXED)
    )
    if not changed(session, statement):
        raise _pending_claim()
    return organization_id


def _pending(session: Session, email: str) -> str | None:
    return session.scalar(
        select(Organization.id).where(Organization.claim_email == email, UNCLAIMED)
    )


def _pending_claim() -> PendingClaim:
    return PendingClaim(
        "This address was given a key before, and nobody has confirmed it yet.",
        hint="Use that key, or follow the link that was mailed to the address.",
    )
