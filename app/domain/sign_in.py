"""Signing in: by password or by mailed link, and every road ends in `admit`."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain import mails, sessions
from app.domain.browsers import named
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


def admit(session: Session, user_id: str, browser: Browser, *, known: bool, now: datetime) -> Begun:
    """Begin a session for a person who has shown who they are, and tell them of a new browser.

    A second factor is asked for here: no road leads around this function.
    """
    if not known and sessions.ever(session, user_id):
        facts = {
            "at": clock.iso(now),
            "address": browser.address,
            "browser": named(browser.user_agent),
        }
        mails.record(session, "new_device", _address(session, user_id), facts, now)
    return sessions.begin(session, user_id, browser, now)


def change_password(
    session: Session, user_id: str, digest: str, browser: Browser, now: datetime
) -> None:
    """Take a new password; every session ends, and its person is told."""
    session.execute(update(User).where(User.id == user_id).values(password_digest=digest))
    sessions.end_all(session, user_id, now)
    facts = {"at": clock.iso(now), "address": browser.address}
    mails.record(session, "password_changed", _address(session, user_id), facts, now)


def _address(session: Session, user_id: str) -> str:
    return session.scalars(select(User.email).where(User.id == user_id)).one()
