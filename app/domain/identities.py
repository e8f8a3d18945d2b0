"""Accounts at providers: found by the provider's own id of the person, never by an address."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import LargeBinary, delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit, mails, sealed
from app.domain.sealed import Lost
from app.errors import Conflict, NotFound
from app.kit import clock
from app.models.accounts import Organization, User
from app.models.factors import Identity, Passkey

NAMES = {"github": "GitHub", "google": "Google"}
_LONGEST_NAME = 254
_PURPOSE = "names of accounts elsewhere"


class Told(NamedTuple):
    """What a provider says of the person it signed in; `email` only where it proved the address."""

    provider: str
    subject: str
    name: str
    email: str | None


class Shown(NamedTuple):
    """A linked account as its owner sees it."""

    provider: str
    name: str  # empty where none of our keys opens it any more
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


def listed(session: Session, user_id: str, keys: Sequence[str]) -> list[Shown]:
    """What a person has linked, by name."""
    rows = session.scalars(
        select(Identity).where(Identity.user_id == user_id).order_by(Identity.provider)
    )
    return [
        Shown(row.provider, _name(row, keys) or "", row.created_at, row.last_used_at)
        for row in rows
    ]


def link(session: Session, user_id: str, told: Told, keys: Sequence[str], now: datetime) -> None:
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
        **_sealed(told.name[:_LONGEST_NAME], keys),
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
    others = select(Identity.provider).where(
        Identity.user_id == user_id, Identity.provider != provider
    )
    if session.scalar(others.limit(1)) is None and not _has_another_way(session, user_id):
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


def seal_anew(session: Session, keys: Sequence[str], most: int = sealed.ANEW) -> int:
    """Seal under the first key whatever is under another, or stands as a release before wrote it.

    What no key opens stays as it is: its account signs in all the same.
    """
    first, column = sealed.beginning(keys[0]), Identity.sealed_name
    others = func.substr(column, 1, len(first), type_=LargeBinary) != first
    # in any order, or those that no key opens would stand before the rest for ever
    some = select(Identity).where(or_(column.is_(None), others)).order_by(func.random())
    count = 0
    for row in session.scalars(some.limit(most)).all():
        name = _name(row, keys)
        if name is None:
            continue
        same = (
            Identity.provider == row.provider,
            Identity.subject == row.subject,
            column.is_not_distinct_from(row.sealed_name),
        )
        count += changed(session, update(Identity).where(*same).values(**_sealed(name, keys)))
    return count


def _sealed(name: str, keys: Sequence[str]) -> dict[str, bytes | str]:
    return {"sealed_name": sealed.seal(name.encode(), _PURPOSE, keys), "name": ""}


def _name(row: Identity, keys: Sequence[str]) -> str | None:
    """What the provider calls an account; None where none of our keys opens it."""
    if row.sealed_name is None:
        return row.name
    try:
        return sealed.opened(row.sealed_name, _PURPOSE, keys).decode()
    except Lost:
        return None


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
