"""Accounts at providers: found by the provider's own id of the person, never by an address."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit, mails
from app.errors import Conflict, NotFound
from app.kit import clock
from app.models.accounts import Organization, User
from app.models.factors import Identity, Passkey

NAMES = {"github": "GitHub", "google": "Google"}
_LONGEST_NAME = 254


class Told(NamedTuple):
    """What a provider says of the person it signed in; `email` only where it proved the address."""

    provider: str
    subject: str
    name: str
    email: str | None


class Shown(NamedTuple):
    """A linked account as its owner sees it."""

    provider: str
    name: str
    linked_at: datetime
    used_at: datetime | None


def find(session: Session, told: Told, now: datetime) -> str | None:
    """Whose account at a provider this is; the visit is written down."""
    which = Identity.provider == told.provider, Identity.subject == told.subject
    row = session.execute(
        select(Identity.user_id)
        .join(User, User.id == Identity.user_id)
        .where(User.deleted_at.is_(None), *which)
    ).first()
    if row is None:
        return None
    session.execute(update(Identity).where(*which).values(last_used_at=now))
    return str(row[0])


def listed(session: Session, user_id: str) -> list[Shown]:
    """What a person has linked, by name."""
    rows = session.execute(
        select(Identity.provider, Identity.name, Identity.created_at, Identity.last_used_at)
        .where(Identity.user_id == user_id)
        .order_by(Identity.provider)
    )
    return [Shown(*row) for row in rows]


def link(session: Session, user_id: str, told: Told, now: datetime) -> None:
    """Let an account elsewhere sign a person in from now on."""
    mine = select(Identity.subject).where(
        Identity.user_id == user_id, Identity.provider == told.provider
    )
    if session.scalar(mine) is not None:
        raise Conflict(f"An account at {NAMES[told.provider]} is linked already.", hint=_UNLINK)
    values = {
        "provider": told.provider,
        "subject": told.subject,
        "user_id": user_id,
        "name": told.name[:_LONGEST_NAME],
        "created_at": now,
        "last_used_at": now,
    }
    statement = insert(session, Identity).values(**values)
    once = statement.on_conflict_do_nothing(index_elements=["provider", "subject"])
    if not changed(session, once):
        raise Conflict(f"This account at {NAMES[told.provider]} is somebody else's.", hint=_UNLINK)
    _tell(session, user_id, f"Your account at {NAMES[told.provider]} was linked", now)


def unlink(session: Session, user_id: str, provider: str, now: datetime) -> None:
    """Have it sign nobody in any more, unless nothing else would."""
    if provider not in NAMES:
        raise NotFound("There is no such provider.", hint="See what is linked.")
    others = [each for each in listed(session, user_id) if each.provider != provider]
    if not others and not _has_another_way(session, user_id):
        raise Conflict("This is your only way in besides mailed links.", hint="Set a password.")
    which = Identity.user_id == user_id, Identity.provider == provider
    if not changed(session, delete(Identity).where(*which)):
        raise NotFound("Nothing of this provider is linked.", hint="See what is.")
    _tell(session, user_id, f"Your account at {NAMES[provider]} was unlinked", now)


def forget_all(session: Session, user_id: str) -> None:
    """Unlink everything of a person."""
    session.execute(delete(Identity).where(Identity.user_id == user_id))


def forget_since(session: Session, user_id: str, moment: datetime) -> None:
    """Unlink what was linked since a moment."""
    since = Identity.user_id == user_id, Identity.created_at >= moment
    session.execute(delete(Identity).where(*since))


def _has_another_way(session: Session, user_id: str) -> bool:
    password = select(User.password_digest).where(User.id == user_id)
    passkey = select(Passkey.id).where(Passkey.user_id == user_id).limit(1)
    return any(session.scalar(each) is not None for each in (password, passkey))


def _tell(session: Session, user_id: str, what: str, now: datetime) -> None:
    own = select(Organization.id).where(Organization.personal_user_id == user_id)
    organization_id = session.scalar(own)
    if organization_id is not None:
        action = "account.provider_changed"
        audit.record(session, organization_id, user_id, action, user_id, {"what": what}, now)
    address = session.scalars(select(User.email).where(User.id == user_id)).one()
    facts = {"what": what, "at": clock.iso(now)}
    mails.record(session, "provider_changed", address, facts, now)


_UNLINK = "Unlink it there first."
