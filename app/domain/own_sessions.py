"""A person's signed-in browsers, as they see them: which, from where, how long ago."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import sessions
from app.domain.browsers import named
from app.domain.sessions import IDLE
from app.domain.signed_in import SignedIn
from app.errors import NotFound
from app.models.credentials import SignInSession

SHOWN = 10
RECENT = 10


class Shown(NamedTuple):
    """One browser."""

    id: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    this: bool
    living: bool


class Page(NamedTuple):
    """Some of them, and where the next page begins."""

    sessions: list[Shown]
    before: str | None
    total: int


def living(session: Session, person: SignedIn, now: datetime, before: str = "") -> Page:
    """The browsers that are signed in, newest first; this one leads the first page."""
    which = [
        SignInSession.user_id == person.user_id,
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > now,
        SignInSession.last_seen_at > now - IDLE,
    ]
    count = session.scalar(select(func.count()).where(*which)) or 0
    others = [*which, SignInSession.id != person.session_id]
    if before:
        others.append(SignInSession.id < before)
    newest = select(SignInSession).where(*others).order_by(SignInSession.id.desc())
    rows = session.scalars(newest.limit(SHOWN + 1)).all()
    found = [_shown(row, person, living=True) for row in rows[:SHOWN]]
    more = found[-1].id if len(rows) > SHOWN else None
    this = None if before else session.get(SignInSession, person.session_id)
    mine = [] if this is None else [_shown(this, person, living=True)]
    return Page([*mine, *found], more, count)


def recent(session: Session, person: SignedIn, now: datetime) -> list[Shown]:
    """The last sign-ins, ended or not."""
    statement = (
        select(SignInSession)
        .where(SignInSession.user_id == person.user_id)
        .order_by(SignInSession.id.desc())
        .limit(RECENT)
    )
    return [
        _shown(row, person, living=row.revoked_at is None and row.expires_at > now)
        for row in session.scalars(statement)
    ]


def end(session: Session, person: SignedIn, session_id: str, now: datetime) -> None:
    """Sign one of their browsers out; somebody else's does not exist."""
    row = session.get(SignInSession, session_id)
    if row is None or row.user_id != person.user_id:
        raise NotFound("There is no such browser.", hint="See your list of them.")
    sessions.end(session, session_id, now)


def _shown(row: SignInSession, person: SignedIn, *, living: bool) -> Shown:
    return Shown(
        row.id,
        named(row.user_agent),
        row.address,
        row.created_at,
        row.last_seen_at,
        row.id == person.session_id,
        living,
    )
