"""What a person says of themselves: a name, a time zone, which mails they want."""

import unicodedata
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain import time_zones
from app.errors import InvalidInput
from app.kit.plain import plain
from app.models.accounts import User

LONGEST_NAME = 80


class Profile(NamedTuple):
    """As it is kept, and as a form changes it."""

    name: str
    time_zone: str
    product_mails: bool


class Standing(NamedTuple):
    """What their sign-in rests on besides factors."""

    has_password: bool
    password_set_at: datetime | None
    joined_at: datetime


def of(session: Session, user_id: str) -> Profile:
    """A person's profile."""
    row = session.execute(
        select(User.name, User.time_zone, User.product_mails_off_at).where(User.id == user_id)
    ).one()
    return Profile(row[0], row[1], row[2] is None)


def standing(session: Session, user_id: str) -> Standing:
    """Whether they have a password, and since when."""
    facts = User.password_digest, User.password_set_at, User.created_at
    row = session.execute(select(*facts).where(User.id == user_id)).one()
    return Standing(row[0] is not None, row[1], row[2])


def change(session: Session, user_id: str, wanted: Profile, now: datetime) -> None:
    """Keep what a form says."""
    name = " ".join(unicodedata.normalize("NFC", plain(wanted.name)).split())
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"A name has at most {LONGEST_NAME} characters.", field="name")
    if wanted.time_zone not in time_zones.listed():
        raise InvalidInput("Choose a time zone from the list.", field="time_zone")
    off = None if wanted.product_mails else now
    values = {"name": name, "time_zone": wanted.time_zone, "product_mails_off_at": off}
    session.execute(update(User).where(User.id == user_id).values(**values))
