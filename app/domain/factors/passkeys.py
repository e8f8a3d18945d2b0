"""A person's passkeys: listed, named, removed."""

import unicodedata
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.factors import having
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids
from app.kit.plain import plain
from app.models.factors import Passkey

LONGEST_NAME = 80
MOST = 20


class Shown(NamedTuple):
    """A passkey as its owner sees it."""

    id: str
    name: str
    synced: bool
    made_at: datetime
    used_at: datetime | None


class New(NamedTuple):
    """A passkey as a browser has just made it, its proof checked."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    synced: bool


class Held(NamedTuple):
    """What a passkey is checked against."""

    id: str
    user_id: str
    public_key: bytes
    sign_count: int


def listed(session: Session, user_id: str) -> list[Shown]:
    """A person's passkeys, newest first."""
    rows = session.execute(
        select(*_SHOWN).where(Passkey.user_id == user_id).order_by(Passkey.id.desc())
    )
    return [Shown(*row) for row in rows]


def find(session: Session, user_id: str, passkey_id: str) -> Shown:
    """One of them; somebody else's does not exist."""
    row = session.execute(select(*_SHOWN).where(*_own(user_id, passkey_id))).first()
    if row is None:
        raise NotFound("There is no such passkey.", hint="See your list of them.")
    return Shown(*row)


def credential_ids(session: Session, user_id: str) -> list[bytes]:
    """The passkeys of a person as their browsers know them."""
    mine = select(Passkey.credential_id).where(Passkey.user_id == user_id)
    return list(session.scalars(mine))


def by_credential(session: Session, credential_id: bytes) -> Held | None:
    """The passkey a browser answered with."""
    row = session.execute(
        select(Passkey.id, Passkey.user_id, Passkey.public_key, Passkey.sign_count).where(
            Passkey.credential_id == credential_id
        )
    ).first()
    return None if row is None else Held(*row)


def add(session: Session, user_id: str, name: str, new: New, now: datetime) -> str:
    """Keep a passkey; gives its id."""
    held = select(func.count()).where(Passkey.user_id == user_id)
    if (session.scalar(held) or 0) >= MOST:
        raise Conflict(f"You have {MOST} passkeys already.", hint="Remove one you do not use.")
    passkey_id = ids.new("pky")
    values = {"id": passkey_id, "user_id": user_id, "name": name, "created_at": now}
    statement = insert(session, Passkey).values(**values, **new._asdict())
    if not changed(session, statement.on_conflict_do_nothing(index_elements=["credential_id"])):
        raise Conflict("This passkey is known already.", hint="Use it to sign in.")
    having.settle(session, user_id, "passkey added", now)
    return passkey_id


def used(session: Session, held: Held, sign_count: int, now: datetime) -> bool:
    """Write a use down; False where the same counter was used meanwhile."""
    unchanged = Passkey.id == held.id, Passkey.sign_count == held.sign_count
    statement = update(Passkey).where(*unchanged)
    return changed(session, statement.values(sign_count=sign_count, last_used_at=now)) == 1


def rename(session: Session, user_id: str, passkey_id: str, name: str) -> None:
    """Call a passkey something else."""
    find(session, user_id, passkey_id)
    own = update(Passkey).where(*_own(user_id, passkey_id))
    session.execute(own.values(name=checked_name(name)))


def remove(session: Session, user_id: str, passkey_id: str, now: datetime) -> None:
    """Have a passkey let nobody in any more, from now on."""
    find(session, user_id, passkey_id)
    session.execute(delete(Passkey).where(*_own(user_id, passkey_id)))
    having.settle(session, user_id, "passkey removed", now)


def checked_name(name: str) -> str:
    """A name as it is kept: one line, nothing hidden in it."""
    cleaned = " ".join(unicodedata.normalize("NFC", plain(name)).split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    return cleaned


def _own(user_id: str, passkey_id: str) -> tuple[ColumnElement[bool], ...]:
    return Passkey.id == passkey_id, Passkey.user_id == user_id


_SHOWN = (Passkey.id, Passkey.name, Passkey.synced, Passkey.created_at, Passkey.last_used_at)
