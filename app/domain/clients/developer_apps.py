"""Developer apps as whoever looks after them sees them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import Session

from app.db import Instant
from app.domain import rights
from app.domain.clients import developer_app, secrets, verified
from app.domain.clients.developer_app import App
from app.domain.rights import NotAllowed, Right
from app.errors import NotFound
from app.kit import ids
from app.models.accounts import Membership, Organization
from app.models.clients import Client
from app.models.grants import Grant

ON_A_PAGE = 50


class Secret(NamedTuple):
    """A secret that is good, as far as it may be told."""

    id: str
    last_four: str
    made_at: datetime
    ends: datetime | None


class Shown(NamedTuple):
    """One app with all that stands on its page."""

    id: str
    client_id: str
    organization_id: str
    organization: str
    app: App
    verified: bool
    acts_alone: bool
    made_at: datetime
    last_used_at: datetime | None
    secrets: list[Secret]  # newest first
    may_switch: bool  # whether whoever looks may let it act alone


class Ending(NamedTuple):
    """What an app's end takes along."""

    connections: int
    people: int


def page(
    session: Session, user_id: str, organization_id: str, before: str = ""
) -> tuple[list[Client], str]:
    """The apps of an organization, newest first, and where the next page begins."""
    rights.require(session, user_id, organization_id, Right.DEVELOPER_APPS)
    which = _living().where(Client.organization_id == organization_id)
    last = session.get(Client, before) if ids.is_id("cli", before) else None
    if last is not None:
        place = tuple_(Client.created_at, Client.id)
        which = which.where(place < tuple_(literal(last.created_at, Instant), last.id))
    newest = which.order_by(Client.created_at.desc(), Client.id.desc())
    found = list(session.scalars(newest.limit(ON_A_PAGE + 1)))
    return found[:ON_A_PAGE], found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else ""


def of_person(session: Session, user_id: str) -> list[Client]:
    """The apps of every organization a person looks after, newest first."""
    looks_after = [role for role in rights.ROLES if rights.may(role, Right.DEVELOPER_APPS)]
    mine = _living().join(Membership, Membership.organization_id == Client.organization_id)
    which = mine.where(Membership.user_id == user_id, Membership.role.in_(looks_after))
    return list(session.scalars(which.order_by(Client.created_at.desc(), Client.id)))


def shown(session: Session, user_id: str, app_id: str, now: datetime) -> Shown:
    """One app as its page shows it."""
    row = found(session, user_id, app_id)
    organization = session.get_one(Organization, row.organization_id)
    kept = secrets.good(session, row.id, now)
    return Shown(
        id=row.id,
        client_id=row.client_id,
        organization_id=organization.id,
        organization=organization.name,
        app=developer_app.of(row),
        verified=verified.is_verified(row),
        acts_alone=row.client_credentials,
        made_at=row.created_at,
        last_used_at=row.last_used_at,
        secrets=[
            Secret(each.id, each.last_four, each.created_at, each.expires_at) for each in kept
        ],
        may_switch=rights.may(
            rights.role_of(session, user_id, organization.id), Right.ORGANIZATION_TOKENS
        ),
    )


def found(session: Session, user_id: str, app_id: str) -> Client:
    """One app; anybody else's does not exist."""
    mine = Membership.organization_id == Client.organization_id, Membership.user_id == user_id
    statement = _living().where(Client.id == app_id, *mine)
    row = session.execute(statement.add_columns(Membership.role)).one_or_none()
    if row is None:
        raise NotFound("There is no such app.", hint="See /app/developer-apps for those there are.")
    app: Client = row[0]
    role: str = row[1]
    if not rights.may(role, Right.DEVELOPER_APPS):
        raise NotAllowed("Developer apps are for admins and owners.", hint="Ask one of them.")
    return app


def ending(session: Session, app_id: str, now: datetime) -> Ending:
    """How many connections there are of an app, and whose."""
    people = func.count(Grant.user_id.distinct())
    statement = select(func.count(), people).where(
        Grant.client_id == app_id, Grant.ended_at.is_(None), Grant.expires_at > now
    )
    return Ending(*session.execute(statement).one())


def _living() -> Select[Client]:
    return select(Client).where(Client.kind == "developer", Client.ended_at.is_(None))
