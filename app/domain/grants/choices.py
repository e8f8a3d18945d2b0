"""The organizations a person may connect an app to or make one for, and why not the others."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session

from app.domain import rights, wallets
from app.domain.rights import RIGHTS, Right
from app.domain.wallets import Standing
from app.models.accounts import Membership, Organization
from app.models.billing import Balance

_NEEDED = {
    "user": Right.OWN_CONNECTIONS,
    "organization": Right.ORGANIZATION_TOKENS,
    "developer": Right.DEVELOPER_APPS,
}


class Choice(NamedTuple):
    """One organization of a person; `why_not` is empty where it can be chosen."""

    id: str
    name: str
    why_not: str
    standing: Standing


def of(session: Session, user_id: str, purpose: str, mode: str, now: datetime) -> list[Choice]:
    """A person's organizations, their own first, each with what it can spend."""
    balance = and_(
        Balance.organization_id == Organization.id, Balance.book == "live", Balance.mode == mode
    )
    others = case((Organization.personal_user_id == user_id, 0), else_=1)
    rows = session.execute(
        select(Organization, Membership.role, *wallets.FIGURES)
        .join(Membership, Membership.organization_id == Organization.id)
        .outerjoin(Balance, balance)
        .where(Membership.user_id == user_id, Organization.deleted_at.is_(None))
        .order_by(others, Organization.name, Organization.id)
    )
    return [
        Choice(
            organization.id,
            organization.name,
            _why_not(organization, role, _NEEDED[purpose]),
            wallets.at(Standing(*figures) if figures[0] else Standing(), "live", now),
        )
        for organization, role, *figures in rows
    ]


def _why_not(organization: Organization, role: str, needed: Right) -> str:
    if not rights.may(role, needed):
        return f"This needs the role {RIGHTS[needed]}; yours is {role}."
    if organization.suspended_at is not None:
        return "This organization is suspended."
    if organization.deletion_due_at is not None:
        return "This organization is being deleted."
    if organization.claimed_at is None:
        return "This organization is not claimed yet."
    return ""
