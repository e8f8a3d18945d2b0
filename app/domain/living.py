"""Whether a credential still lets anybody in: asked by what goes on after it was let in.

What refuses a new request (`bearers.holder`) ends here, too.
"""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.kit import ids
from app.models.accounts import Organization
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant


def lives(session: Session, credential_id: str, now: datetime) -> bool:
    """Whether a key or a connection has not ended meanwhile."""
    if ids.is_id("grt", credential_id):
        living = Grant.ended_at.is_(None), Grant.expires_at > now
        unblocked = Client.ended_at.is_(None), Client.blocked_at.is_(None)
        found = (
            select(Grant.id)
            .join(Client, Client.id == Grant.client_id)
            .join(Organization, Organization.id == Grant.organization_id)
            .where(Grant.id == credential_id, *living, *unblocked, *_GOES_ON)
        )
        return session.scalar(found) is not None
    ends = or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now)
    key = (
        select(ApiKey.id)
        .join(Organization, Organization.id == ApiKey.organization_id)
        .where(ApiKey.id == credential_id, ApiKey.revoked_at.is_(None), ends, *_GOES_ON)
    )
    return session.scalar(key) is not None


_GOES_ON = Organization.suspended_at.is_(None), Organization.deletion_due_at.is_(None)
