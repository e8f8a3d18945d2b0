"""The limit a person's living connections of an app stand at: connecting once more raises it not.

A client that lost its tokens comes back as another registration of the same app.
"""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain import raising, rights
from app.domain.clients.known import KnownClient
from app.domain.grants import apps
from app.domain.rights import Right
from app.models.grants import Grant


def lowest(
    session: Session, client: KnownClient, organization_id: str, user_id: str, now: datetime
) -> int | None:
    """The least of their monthly limits in tokens; None: not one of them has any."""
    its = Grant.app == apps.key_of(client.name, client.redirect_uris)
    return session.scalar(
        select(func.min(Grant.monthly_cap_tokens)).where(
            or_(its, Grant.client_id == client.id),
            Grant.organization_id == organization_id,
            Grant.user_id == user_id,
            Grant.ended_at.is_(None),
            Grant.expires_at > now,
        )
    )


def check(
    session: Session,
    client: KnownClient,
    organization_id: str,
    user_id: str,
    wanted: int | None,
    now: datetime,
) -> None:
    """Refuse more than that from whoever is no owner."""
    owner = rights.may(rights.role_of(session, user_id, organization_id), Right.LIMITS)
    standing = lowest(session, client, organization_id, user_id, now)
    raising.only_by_owner(standing, wanted, owner=owner)
