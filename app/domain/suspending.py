"""An organization the operator stops, and lets go on: every door looks at it with each request."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import audit
from app.domain.billing import winding
from app.errors import Conflict, InvalidInput, NotFound
from app.models.accounts import Organization

LONGEST_REASON = 200


def suspend(session: Session, organization_id: str, reason: str, now: datetime) -> str:
    """Stop an organization; gives its name. Its runs, keys and tokens are kept."""
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"A reason has at most {LONGEST_REASON} characters.", field="reason")
    row = _held(session, organization_id)
    if row.suspended_at is not None:
        raise Conflict(f"{row.name} is suspended already.")
    row.suspended_at, row.suspended_reason = now, reason or None
    facts = {"reason": reason} if reason else {}
    by, chain = audit.OPERATOR, organization_id
    audit.record(session, chain, by, "organization.suspended", chain, facts, now)
    winding.follow(session, organization_id, now)
    return row.name


def resume(session: Session, organization_id: str, now: datetime) -> str:
    """Let it go on; gives its name."""
    row = _held(session, organization_id)
    if row.suspended_at is None:
        raise Conflict(f"{row.name} is not suspended.")
    row.suspended_at = row.suspended_reason = None
    by, chain = audit.OPERATOR, organization_id
    audit.record(session, chain, by, "organization.resumed", chain, {}, now)
    return row.name


def _held(session: Session, organization_id: str) -> Organization:
    which = Organization.id == organization_id, Organization.deleted_at.is_(None)
    row = session.scalar(select(Organization).where(*which).with_for_update(key_share=True))
    if row is None:
        raise NotFound(
            f"There is no organization {organization_id}.",
            hint="Give its id, or --email of the person whose own it is.",
        )
    return row
