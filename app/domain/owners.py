"""Whom a letter about an organization goes to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.accounts import Membership, User


def addresses(session: Session, organization_id: str) -> list[str]:
    """The proved addresses of its owners."""
    statement = (
        select(User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organization_id == organization_id,
            Membership.role == "owner",
            User.deleted_at.is_(None),
            User.email_verified_at.is_not(None),
        )
        .order_by(User.id)
    )
    return list(session.scalars(statement))
