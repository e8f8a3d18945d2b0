"""Signing in: whichever road somebody comes by, it ends in `admit`, the one gate."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import mails, sessions
from app.domain.browsers import named
from app.domain.factors import having, steps
from app.domain.factors.steps import Waiting
from app.domain.sessions import Begun, Browser
from app.kit import clock
from app.models.accounts import User


class Candidate(NamedTuple):
    """Whom a password would let in."""

    user_id: str
    digest: str | None


def candidate(session: Session, email: str) -> Candidate | None:
    """The account of an address, if there is one."""
    row = session.execute(
        select(User.id, User.password_digest).where(User.email == email, User.deleted_at.is_(None))
    ).first()
    return None if row is None else Candidate(*row)


def confirm(session: Session, found: Candidate, digest: str) -> bool:
    """Keep the newest digest of a password that matched; False where it was changed meanwhile."""
    unchanged = User.id == found.user_id, User.password_digest == found.digest
    return changed(session, update(User).where(*unchanged).values(password_digest=digest)) == 1


def admit(
    session: Session,
    user_id: str,
    browser: Browser,
    *,
    known: bool,
    now: datetime,
    onward: str = "",
    new_password: str | None = None,
) -> Begun | Waiting:
    """Let in whoever has shown one factor; where a second one is set, it is asked for first.

    No road leads around this function but a passkey, which is two factors by itself. A password
    chosen by a reset waits with its person: a mailbox alone changes nothing.
    """
    if having.is_set(session, user_id):
        return steps.begin(session, user_id, onward, new_password, now)
    return begin(session, user_id, browser, known=known, now=now, new_password=new_password)


def begin(
    session: Session,
    user_id: str,
    browser: Browser,
    *,
    known: bool,
    now: datetime,
    new_password: str | None = None,
) -> Begun:
    """Begin a session for somebody who has shown all there is to show; tell of a new browser."""
    if new_password is not None:
        change_password(session, user_id, new_password, browser, now)
    if not known and sessions.ever(session, user_id, now):
        facts = {
            "at": clock.iso(now),
            "address": browser.address,
            "browser": named(browser.user_agent),
        }
        mails.record(session, "new_device", _address(session, user_id), facts, now)
    return sessions.begin(session, user_id, browser, now)


def change_password(
    session: Session,
    user_id: str,
    digest: str,
    browser: Browser,
    now: datetime,
    *,
    but: str | None = None,
) -> None:
    """Take a new password; every session ends, or every other one, and its person is told."""
    new = {"password_digest": digest, "password_set_at": now}
    session.execute(update(User).where(User.id == user_id).values(**new))
    sessions.end_all(session, user_id, now, but=but)
    facts = {"at": clock.iso(now), "address": browser.address}
    mails.record(session, "password_changed", _address(session, user_id), facts, now)


def address_of(session: Session, user_id: str) -> str | None:
    """The address of somebody who is still here."""
    return session.scalar(select(User.email).where(User.id == user_id, User.deleted_at.is_(None)))


def _address(session: Session, user_id: str) -> str:
    return session.scalars(select(User.email).where(User.id == user_id)).one()
