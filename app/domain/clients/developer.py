"""Apps that developers make for their organization: like registrations, with a person behind."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain import audit, rights
from app.domain.clients import manage, metadata, register, secrets
from app.domain.clients.developer_app import App, fill, read
from app.domain.grants import end
from app.domain.rights import Right
from app.errors import Conflict, NotFound
from app.kit import ids
from app.kit import secrets as kit
from app.models.clients import Client


class Actor(NamedTuple):
    """Who acts, for which organization, known by which host of ours, and when."""

    user_id: str
    organization_id: str
    own_host: str
    now: datetime


class Made(NamedTuple):
    """An app and, where it was just made, its secret."""

    row: Client
    secret: str | None


def create(session: Session, actor: Actor, app: App) -> Made:
    """Make an app; a confidential one has its first secret."""
    _require(session, actor, Right.DEVELOPER_APPS)
    row = Client(
        id=ids.new("cli"),
        client_id=kit.mint(register.CLIENT_ID),
        kind="developer",
        organization_id=actor.organization_id,
        created_at=actor.now,
    )
    fill(row, app, read(app, actor.own_host))
    session.add(row)
    session.flush()
    _note(session, actor, row, "app.created")
    return Made(row, secrets.issue(session, row.id, actor.now) if app.confidential else None)


def edit(session: Session, actor: Actor, app_id: str, app: App) -> Made:
    """Change an app; people are asked again, and another type ends what they had granted."""
    row = _find(session, actor, app_id)
    said = read(app, actor.own_host)
    before, was_confidential = _identity(row), _is_confidential(row)
    fill(row, app, said)
    secret = None
    if _identity(row) != before:
        row.revision += 1
        manage.forget_consents(session, row.id)
    if app.confidential != was_confidential:
        secret = _change_type(session, actor, row)
    _note(session, actor, row, "app.edited")
    return Made(row, secret)


def rotate_secret(
    session: Session, actor: Actor, app_id: str, overlap: timedelta = secrets.OVERLAP
) -> str:
    """Another secret; the one before stays good for the overlap."""
    row = _find(session, actor, app_id)
    _require_confidential(row)
    secret = secrets.rotate(session, row.id, actor.now, overlap)
    end.own(session, row.id, "secret_rotated", actor.now)
    _note(session, actor, row, "app.secret_rotated")
    return secret


def let_act_alone(session: Session, actor: Actor, app_id: str, *, on: bool) -> None:
    """Switch `client_credentials`: whether the app may act for its organization by itself."""
    _require(session, actor, Right.ORGANIZATION_TOKENS)
    row = _find(session, actor, app_id)
    if on:
        _require_confidential(row)
    row.client_credentials = on
    if not on:
        end.own(session, row.id, "switched_off", actor.now)
    _note(session, actor, row, "app.acts_alone" if on else "app.acts_alone_no_more")


def remove(session: Session, actor: Actor, app_id: str) -> None:
    """End an app and everything it was granted."""
    row = _find(session, actor, app_id)
    manage.close(session, row, "client_deleted", actor.now)
    _note(session, actor, row, "app.deleted")


def listed(session: Session, user_id: str, organization_id: str) -> list[Client]:
    """The apps of an organization, newest first."""
    rights.require(session, user_id, organization_id, Right.DEVELOPER_APPS)
    return list(session.scalars(_apps(organization_id).order_by(Client.id.desc())))


def found(session: Session, user_id: str, organization_id: str, app_id: str) -> Client:
    """One app of an organization; anybody else's does not exist."""
    rights.require(session, user_id, organization_id, Right.DEVELOPER_APPS)
    row = session.scalar(_apps(organization_id).where(Client.id == app_id))
    if row is None:
        raise NotFound("There is no such app.", hint="List the apps of this organization.")
    return row


def _apps(organization_id: str) -> Select[Client]:
    return select(Client).where(
        Client.organization_id == organization_id,
        Client.kind == "developer",
        Client.ended_at.is_(None),
    )


def _find(session: Session, actor: Actor, app_id: str) -> Client:
    row = found(session, actor.user_id, actor.organization_id, app_id)
    session.refresh(row, with_for_update=True)
    return row


def _require(session: Session, actor: Actor, right: Right) -> None:
    rights.require(session, actor.user_id, actor.organization_id, right)


def _require_confidential(row: Client) -> None:
    if not _is_confidential(row):
        raise Conflict("A public app keeps no secret.", hint="Make it confidential first.")


def _is_confidential(row: Client) -> bool:
    return row.auth_methods != metadata.NONE


def _identity(row: Client) -> tuple[Any, ...]:
    return (*manage.identity(row), row.scopes)


def _change_type(session: Session, actor: Actor, row: Client) -> str | None:
    """What was granted to a program without a secret is not for one with, or the reverse."""
    end.of_client(session, row.id, "client_changed", actor.now)
    if _is_confidential(row):
        return secrets.issue(session, row.id, actor.now)
    secrets.end(session, row.id, actor.now)
    row.client_credentials = False
    return None


def _note(session: Session, actor: Actor, row: Client, action: str) -> None:
    facts = {"name": row.name, "client": row.client_id}
    audit.record(session, actor.organization_id, actor.user_id, action, row.id, facts, actor.now)
