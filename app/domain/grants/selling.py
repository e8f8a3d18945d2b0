"""Whether an app may offer to buy tokens: one answer for all its connections to an organization."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from app.domain import audit, rights
from app.domain.rights import Right
from app.errors import NotFound
from app.models.grants import Grant


def change(
    session: Session, user_id: str, organization_id: str, app: str, *, sells: bool, now: datetime
) -> bool:
    """Let an app offer to buy tokens, or keep it from that; says whether anything changed."""
    rights.require(session, user_id, organization_id, Right.LIMITS)
    its = _its(organization_id, app)
    # In the order of those who write down uses, or they would lock each other out.
    session.execute(select(Grant.id).where(*its).order_by(Grant.id).with_for_update())
    latest = session.execute(_latest(organization_id, app)).one_or_none()
    if latest is None:
        raise NotFound("There is no such app.", hint="See what is connected under /app/apps.")
    if latest.never_sells is not sells:
        return False
    session.execute(update(Grant).where(*its).values(never_sells=not sells))
    action = "app.sells" if sells else "app.sells_no_more"
    facts = {"from": {"sells": not sells}, "to": {"sells": sells}}
    audit.record(session, organization_id, user_id, action, latest.id, facts, now)
    return True


def never(session: Session, organization_id: str, app: str) -> bool:
    """What a new connection of an app begins with: whatever holds for those before it.

    It is read under a lock: no owner's change falls between this and the connection.
    """
    latest = session.execute(_latest(organization_id, app).with_for_update(read=True)).one_or_none()
    return latest is not None and latest.never_sells


def _latest(organization_id: str, app: str) -> Select[str, bool]:
    """A living connection before an ended one; they all say the same."""
    return (
        select(Grant.id, Grant.never_sells)
        .where(*_its(organization_id, app))
        .order_by(Grant.ended_at.is_not(None), Grant.expires_at.desc(), Grant.id)
        .limit(1)
    )


def _its(organization_id: str, app: str) -> tuple[ColumnElement[bool], ...]:
    return Grant.organization_id == organization_id, Grant.app == app
