"""The people of an organization, as it shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain import rights
from app.errors import NotFound
from app.models.accounts import Membership, Organization, User
from app.models.credentials import ApiKey, SignInSession
from app.models.grants import Grant

PAGE = 100


class Member(NamedTuple):
    """One person in one organization."""

    user_id: str
    email: str
    name: str
    role: str
    since: datetime
    personal: bool  # the organization was given to them at sign-up
    account_ends: datetime | None  # they have asked for their account to be deleted
    last_seen_at: datetime | None  # with this organization before them
    keys: int
    connections: int


def listed(
    session: Session, organization_id: str, now: datetime, *, before: str | None = None
) -> list[Member]:
    """A page of members by id, newest account first, and one more where there are more."""
    which = [Membership.organization_id == organization_id]
    if before is not None:
        which.append(Membership.user_id < before)
    rows: Sequence[Any] = session.execute(
        select(
            User.id,
            User.email,
            User.name,
            Membership.role,
            Membership.created_at,
            func.coalesce(Organization.personal_user_id == User.id, False),
            User.deletion_due_at,
            _last_seen(),
            _keys(now),
            _connections(now),
        )
        .join(Membership, Membership.user_id == User.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(*which)
        .order_by(Membership.user_id.desc())
        .limit(PAGE + 1)
    ).all()
    return [Member(*row) for row in rows]


def in_order(members: list[Member]) -> list[Member]:
    """Owners first, then admins, then members; each by their address."""
    return sorted(members, key=lambda each: (-rights.ROLES.index(each.role), each.email))


def one(session: Session, organization_id: str, user_id: str) -> tuple[str, str]:
    """A member's address and role; whoever is none does not exist."""
    row = session.execute(
        select(User.email, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organization_id == organization_id, User.id == user_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such member.", hint="See /app/team for those there are.")
    return row[0], row[1]


def _last_seen() -> ScalarSelect[datetime]:
    """A browser that has chosen none looks at its person's own organization."""
    own = and_(SignInSession.organization_id.is_(None), Organization.personal_user_id == User.id)
    return (
        select(func.max(SignInSession.last_seen_at))
        .where(
            SignInSession.user_id == User.id,
            or_(SignInSession.organization_id == Membership.organization_id, own),
        )
        .scalar_subquery()
    )


def _keys(now: datetime) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(ApiKey)
        .where(
            ApiKey.organization_id == Membership.organization_id,
            ApiKey.user_id == User.id,
            ApiKey.revoked_at.is_(None),
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
        )
        .scalar_subquery()
    )


def _connections(now: datetime) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(Grant)
        .where(
            Grant.organization_id == Membership.organization_id,
            Grant.user_id == User.id,
            Grant.ended_at.is_(None),
            Grant.expires_at > now,
        )
        .scalar_subquery()
    )
