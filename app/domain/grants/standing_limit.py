"""The limit a person's living connections of an app stand at: connecting once more raises it not.

A client that lost its tokens comes back as another registration of the same app.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain import raising, rights, sessions
from app.domain.clients.known import KnownClient
from app.domain.grants import apps
from app.domain.raising import RaisesLimit
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
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


def offered(
    session: Session,
    client: KnownClient,
    organization_ids: Iterable[str],
    user_id: str,
    first: int | None,
    now: datetime,
) -> int | None:
    """What is filled in beforehand: no more than stands in the organization that comes first."""
    here = next(iter(organization_ids), None)
    stands = None if here is None else lowest(session, client, here, user_id, now)
    return min((each for each in (first, stands) if each is not None), default=None)


def check(
    session: Session,
    client: KnownClient,
    organization_id: str,
    person: SignedIn,
    wanted: int | None,
    now: datetime,
) -> None:
    """Refuse more than that from whoever is no owner, or signed in too long ago."""
    owner = rights.may(rights.role_of(session, person.user_id, organization_id), Right.LIMITS)
    standing = lowest(session, client, organization_id, person.user_id, now)
    raising.only_by_owner(standing, wanted, owner=owner)
    if raising.raises(standing, wanted) and not sessions.is_fresh(person, now):
        raise RaisesLimit(
            f"This raises the limit of {standing:,} tokens: sign in again first.",
            hint="Approve it with that limit or less, or sign in again.",
        )
