"""How long an organization keeps what it tested: texts, reactions and threads of older runs go."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import audit, rights, sessions
from app.domain.rights import Right
from app.domain.runs import texts
from app.domain.signed_in import SignedIn
from app.errors import InvalidInput
from app.models.accounts import Organization
from app.models.runs import Run

CHOICES: tuple[int | None, ...] = (30, 90, 365, None)  # days; None: for ever
AT_ONCE = 100


def is_shorter(wanted: int | None, kept: int | None) -> bool:
    """Whether a change would delete what is kept now."""
    return wanted is not None and (kept is None or wanted < kept)


def going(session: Session, organization_id: str, days: int | None, now: datetime) -> int:
    """How many runs would lose their texts, were they kept no longer than so many days."""
    if days is None:
        return 0
    old = Run.organization_id == organization_id, Run.created_at < now - timedelta(days=days)
    return session.scalar(select(func.count()).where(*old, *texts.deletable())) or 0


def keep_for(
    session: Session, person: SignedIn, organization_id: str, days: int | None, now: datetime
) -> None:
    """Change how long runs are kept; a shorter time takes a fresh sign-in."""
    rights.require(session, person.user_id, organization_id, Right.DELETION)
    if days not in CHOICES:
        raise InvalidInput("Choose how long runs are kept.", field="days")
    row = session.get_one(Organization, organization_id)
    before = row.retention_days
    if is_shorter(days, before):
        sessions.require_fresh(person, now)
    if days != before:
        row.retention_days = days
        facts = {"from": before, "to": days}
        by, chain = person.user_id, organization_id
        audit.record(session, chain, by, "organization.retention", chain, facts, now)


def due(session: Session, now: datetime) -> list[str]:
    """The next runs that are older than their organization keeps them, a small batch."""
    found: list[str] = []
    keeping = select(Organization.id, Organization.retention_days).where(
        Organization.retention_days.is_not(None), Organization.deleted_at.is_(None)
    )
    for organization_id, days in session.execute(keeping.order_by(Organization.id)).all():
        assert days is not None  # asked for
        old = Run.organization_id == organization_id, Run.created_at < now - timedelta(days=days)
        which = select(Run.id).where(*old, *texts.deletable()).order_by(Run.created_at)
        found += session.scalars(which.limit(AT_ONCE - len(found)))
        if len(found) >= AT_ONCE:
            break
    return found


def apply(session: Session, run_ids: list[str], now: datetime) -> int:
    """Delete the texts of a batch; gives how many runs had any."""
    return texts.delete_of(session, run_ids, texts.RETENTION, now)
