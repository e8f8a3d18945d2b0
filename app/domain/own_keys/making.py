"""Keys made and rolled by a person, who is told by mail."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain import keys, mails, rights, sessions
from app.domain.callers import FULL
from app.domain.keys import NewKey
from app.domain.own_keys import scopes
from app.domain.own_keys.shown import Shown
from app.domain.own_keys.terms import Terms
from app.domain.rights import Right
from app.domain.signed_in import SignedIn
from app.errors import InvalidInput
from app.kit import clock

BOOKS = ("live", "test")
OVERLAPS = {
    "0": timedelta(0),
    "1": timedelta(hours=1),
    "24": keys.ROLL_OVERLAP,
    "168": timedelta(days=7),
}


class Wanted(NamedTuple):
    """A key as somebody asks for it."""

    organization_id: str
    name: str
    scope: str = FULL
    book: str = "live"
    terms: Terms = Terms(None, None)


def create(
    session: Session, person: SignedIn, wanted: Wanted, address: str, now: datetime
) -> NewKey:
    """Make a key for an organization of theirs, and tell them by mail."""
    rights.require(session, person.user_id, wanted.organization_id, Right.OWN_KEYS)
    scopes.check(wanted.scope)
    if wanted.book not in BOOKS:
        raise InvalidInput("Choose what the key may do.", field="scope")
    made = keys.create(
        session,
        wanted.organization_id,
        user_id=person.user_id,
        name=wanted.name,
        book=wanted.book,
        scopes=scopes.SCOPES[wanted.scope],
        expires_at=wanted.terms.expires_at,
        monthly_cap_tokens=wanted.terms.cap,
        never_sells=wanted.scope == scopes.NEVER_BUYS,
        made_from=address,
        now=now,
    )
    _tell(session, person, made, address, now)
    return made


def roll(
    session: Session, person: SignedIn, key: Shown, overlap: str, address: str, now: datetime
) -> NewKey:
    """Make a key's successor; the key itself goes on for as long as was chosen."""
    sessions.require_fresh(person, now)
    right = Right.OWN_KEYS if key.mine else Right.ALL_KEYS
    rights.require(session, person.user_id, key.organization_id, right)
    made = keys.roll(
        session,
        key.organization_id,
        key.id,
        actor=person.user_id,
        now=now,
        overlap=OVERLAPS.get(overlap, keys.ROLL_OVERLAP),
        made_from=address,
    )
    _tell(session, person, made, address, now)
    return made


def _tell(session: Session, person: SignedIn, made: NewKey, address: str, now: datetime) -> None:
    facts = {"prefix": made.prefix, "at": clock.iso(now), "address": address}
    mails.record(session, "key_created", person.email, facts, now)
