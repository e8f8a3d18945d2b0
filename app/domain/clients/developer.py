"""Apps that developers make for their organization: like registrations, with a person behind."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.domain import audit, rights, sessions
from app.domain.clients import developer_apps, manage, metadata, register, secrets
from app.domain.clients.developer_app import App, fill, read
from app.domain.grants import end, scopes
from app.domain.rights import NotAllowed, Right
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import ids
from app.kit import secrets as kit
from app.models.accounts import Membership
from app.models.clients import Client


class Actor(NamedTuple):
    """Who acts, known by which host of ours, and when."""

    person: SignedIn
    own_host: str
    now: datetime


class Made(NamedTuple):
    """An app and, where it was just made, its secret."""

    row: Client
    secret: str | None


class DoneBefore(Conflict):
    """The same form came twice; what it made the first time is there, its secret was told then."""


class WidensAlone(NotAllowed):
    """More for an app that acts alone is for those to give who let it."""


def create(
    session: Session, actor: Actor, organization_id: str, app: App, *, form: str = ""
) -> Made:
    """Make an app; a confidential one has its first secret. A form that is given makes one app."""
    _require(session, actor, organization_id, Right.DEVELOPER_APPS)
    row = Client(
        id=_unused_id(session, actor, organization_id, form) if form else ids.new("cli"),
        client_id=kit.mint(register.CLIENT_ID),
        kind="developer",
        organization_id=organization_id,
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
    before, was_confidential, held = _identity(row), is_confidential(row), _alone(row)
    fill(row, app, said)
    secret = None
    if _identity(row) != before:
        row.revision += 1
        row.verified_at = None  # the operator vouched for what it was
        manage.forget_consents(session, row.id)
    if app.confidential != was_confidential:
        secret = _change_type(session, actor, row)
    if row.client_credentials and not _alone(row) <= held:
        _require_owner(session, actor, row)
    _note(session, actor, row, "app.edited")
    return Made(row, secret)


def rotate_secret(
    session: Session,
    actor: Actor,
    app_id: str,
    overlap: timedelta = secrets.OVERLAP,
    *,
    former: str | None = None,
) -> str:
    """Another secret; the one before, if it is the one that was seen, is good for the overlap."""
    row = _find(session, actor, app_id)
    _require_confidential(row)
    if former is not None and former != _newest(session, row, actor):
        raise DoneBefore("The secret was rotated already.", app_id=row.id)
    secret = secrets.rotate(session, row.id, actor.now, overlap)
    end.own(session, row.id, "secret_rotated", actor.now)
    _note(session, actor, row, "app.secret_rotated")
    return secret


def let_act_alone(session: Session, actor: Actor, app_id: str, *, on: bool) -> None:
    """Switch `client_credentials`: whether the app may act for its organization by itself."""
    row = _find(session, actor, app_id, Right.ORGANIZATION_TOKENS)
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


def is_confidential(row: Client) -> bool:
    """Whether an app keeps a secret."""
    return row.auth_methods != metadata.NONE


def _find(
    session: Session, actor: Actor, app_id: str, right: Right = Right.DEVELOPER_APPS
) -> Client:
    row = developer_apps.found(session, actor.person.user_id, app_id)
    _require(session, actor, str(row.organization_id), right)
    session.refresh(row, with_for_update=True)
    return row


def _require(session: Session, actor: Actor, organization_id: str, right: Right) -> None:
    """Somebody with the right, a proved address, and a fresh sign-in."""
    person = actor.person
    rights.require(session, person.user_id, organization_id, right)
    if not person.verified:
        raise NotAllowed("Prove your e-mail address first.", hint="Follow the link in our mail.")
    sessions.require_fresh(person, actor.now)


def _require_owner(session: Session, actor: Actor, row: Client) -> None:
    role = rights.role_of(session, actor.person.user_id, str(row.organization_id))
    if not rights.may(role, Right.ORGANIZATION_TOKENS):
        raise WidensAlone(
            "This app acts alone: only an owner lets it do more.",
            hint="Ask an owner, or have it act alone no more.",
            field="scopes",
        )


def _unused_id(session: Session, actor: Actor, organization_id: str, form: str) -> str:
    """The same for the same form of the same person, and nobody can aim at another's.

    Two clicks at once meet at the membership.
    """
    user_id = actor.person.user_id
    session.get_one(Membership, (organization_id, user_id), with_for_update=True)
    digest = hashlib.sha256(f"{user_id}\0{form}".encode()).hexdigest()
    id_ = f"cli_{digest[:26]}"
    if session.get(Client, id_) is not None:
        raise DoneBefore("This app is made already.", app_id=id_)
    return id_


def _newest(session: Session, row: Client, actor: Actor) -> str:
    return next((each.id for each in secrets.good(session, row.id, actor.now)), "")


def _require_confidential(row: Client) -> None:
    if not is_confidential(row):
        raise Conflict("A public app keeps no secret.", hint="Make it confidential first.")


def _identity(row: Client) -> tuple[Any, ...]:
    return (*manage.identity(row), row.scopes)


def _alone(row: Client) -> set[str]:
    """What it may do without a person, should it be let."""
    return set(row.scopes.split()) & set(scopes.OF_A_CLIENT)


def _change_type(session: Session, actor: Actor, row: Client) -> str | None:
    """What was granted to a program without a secret is not for one with, or the reverse."""
    end.of_client(session, row.id, "client_changed", actor.now)
    if is_confidential(row):
        return secrets.issue(session, row.id, actor.now)
    secrets.end(session, row.id, actor.now)
    row.client_credentials = False
    return None


def _note(session: Session, actor: Actor, row: Client, action: str) -> None:
    facts = {"name": row.name, "client": row.client_id}
    organization, by = str(row.organization_id), actor.person.user_id
    audit.record(session, organization, by, action, row.id, facts, actor.now)
