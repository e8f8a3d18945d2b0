"""What somebody's place in an organization holds: what ends with it, and what does not."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.domain import rights, roles
from app.domain.clients import redirects
from app.models.accounts import User
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant


class EndingKey(NamedTuple):
    """A key that dies with its person's place, unless it is kept."""

    id: str
    name: str
    prefix: str
    last_four: str
    used_at: datetime | None
    rolled: bool  # its successor stands beside it, and can be kept


class EndingApp(NamedTuple):
    """A connection, by what its app is called and where its codes went."""

    id: str
    name: str
    place: str
    used_at: datetime | None


class Ends(NamedTuple):
    """What somebody's leaving ends, and what goes on without them."""

    email: str
    role: str
    keys: list[EndingKey]
    connections: list[EndingApp]
    surviving: list[EndingApp]  # tokens of the organization itself


def ends(session: Session, organization_id: str, user_id: str, now: datetime) -> Ends:
    """What a member's leaving would end; somebody who is none does not exist."""
    place = rights.membership(session, user_id, organization_id)
    apps = _apps(session, organization_id, user_id, now)
    return Ends(
        session.get_one(User, user_id).email,
        place.role,
        keys(session, organization_id, user_id, now),
        [app for kind, app in apps if kind == "user"],
        [app for kind, app in apps if kind == "organization"],
    )


def lost_by(
    session: Session, organization_id: str, user_id: str, role: str, now: datetime
) -> list[EndingApp]:
    """The connections a member's lower role would end."""
    rights.membership(session, user_id, organization_id)
    beyond = roles.beyond(role)
    return [app for kind, app in _apps(session, organization_id, user_id, now) if kind in beyond]


def keys(session: Session, organization_id: str, user_id: str, now: datetime) -> list[EndingKey]:
    """Every living key of somebody in one organization, newest first."""
    successor = aliased(ApiKey)
    follows = select(successor.id).where(successor.rolled_from_id == ApiKey.id).exists()
    rows = session.execute(
        select(
            ApiKey.id, ApiKey.name, ApiKey.prefix, ApiKey.last_four, ApiKey.last_used_at, follows
        )
        .where(
            ApiKey.organization_id == organization_id,
            ApiKey.user_id == user_id,
            ApiKey.revoked_at.is_(None),
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
        )
        .order_by(ApiKey.id.desc())
    )
    return [EndingKey(*row) for row in rows]


def _apps(
    session: Session, organization_id: str, user_id: str, now: datetime
) -> list[tuple[str, EndingApp]]:
    rows = session.execute(
        select(Grant.subject_kind, Grant.id, Client.name, Grant.redirect_uri, Grant.last_used_at)
        .join(Client, Client.id == Grant.client_id)
        .where(
            Grant.organization_id == organization_id,
            Grant.user_id == user_id,
            Grant.ended_at.is_(None),
            Grant.expires_at > now,
        )
        .order_by(Client.name, Grant.id)
    )
    return [
        (kind, EndingApp(id_, name, redirects.place(uri) if uri else "", used))
        for kind, id_, name, uri, used in rows
    ]
