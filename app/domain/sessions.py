"""Signed-in browsers: each holds a secret in its cookie, we hold a row that can be ended."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.signed_in import SignedIn
from app.errors import Kind, PolisError
from app.kit import ids, secrets
from app.models.accounts import User
from app.models.credentials import SignInSession
from app.models.grants import ConsentForm

PREFIX = "polis_ss_"
IDLE = timedelta(days=14)
LIFE = timedelta(days=90)
FRESH = timedelta(minutes=10)
KEPT = timedelta(days=30)  # after its end
SEEN_EVERY = timedelta(minutes=10)  # a page view writes nothing more often
_LONGEST_AGENT = 300


class SignInAgain(PolisError):
    """What is asked for takes somebody who showed who they are a moment ago."""

    kind = Kind.FORBIDDEN
    code = "sign_in_again"


class Browser(NamedTuple):
    """Where a request came from, as a person would recognise it."""

    address: str
    user_agent: str


class Begun(NamedTuple):
    """A session at the only moment its secret is known."""

    id: str
    secret: str


class Resumed(NamedTuple):
    """Who a cookie stands for, and whether their last visit should be written down."""

    person: SignedIn
    unseen: bool


def begin(session: Session, user_id: str, browser: Browser, now: datetime) -> Begun:
    """Sign a browser in under a new id."""
    secret = secrets.mint(PREFIX)
    row = SignInSession(
        id=ids.new("ses"),
        user_id=user_id,
        digest=secrets.digest(secret),
        created_at=now,
        authenticated_at=now,
        last_seen_at=now,
        expires_at=now + LIFE,
        address=browser.address,
        user_agent=browser.user_agent[:_LONGEST_AGENT],
    )
    session.add(row)
    session.flush()
    return Begun(row.id, secret)


def resume(session: Session, secret: str, now: datetime) -> Resumed | None:
    """The person behind a cookie, or None where it was ended, idle too long or never ours."""
    if not secrets.well_formed(PREFIX, secret):
        return None
    row = session.execute(
        select(SignInSession, User)
        .join(User, User.id == SignInSession.user_id)
        .where(
            SignInSession.digest == secrets.digest(secret),
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.last_seen_at > now - IDLE,
            User.deleted_at.is_(None),
        )
    ).first()
    return None if row is None else Resumed(_person(*row), row[0].last_seen_at < now - SEEN_EVERY)


def seen(session: Session, session_id: str, now: datetime) -> None:
    """Write a visit down; the idle time begins anew."""
    session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=now)
    )


def is_fresh(person: SignedIn, now: datetime) -> bool:
    """Whether they showed who they are so lately that they may do what cannot be undone."""
    return now - person.authenticated_at < FRESH


def require_fresh(person: SignedIn, now: datetime) -> None:
    """Refuse whoever showed who they are too long ago."""
    if not is_fresh(person, now):
        raise SignInAgain("This needs a fresh sign-in.", hint="Sign in again, then send it.")


def end(session: Session, session_id: str, now: datetime) -> None:
    """Sign one browser out, from the next request on every process."""
    living = SignInSession.id == session_id, SignInSession.revoked_at.is_(None)
    session.execute(update(SignInSession).where(*living).values(revoked_at=now))


def end_all(session: Session, user_id: str, now: datetime, *, but: str | None = None) -> int:
    """Sign a person out everywhere, or everywhere else; gives how many sessions ended."""
    living = [SignInSession.user_id == user_id, SignInSession.revoked_at.is_(None)]
    if but is not None:
        living.append(SignInSession.id != but)
    return changed(session, update(SignInSession).where(*living).values(revoked_at=now))


def leave(session: Session, user_id: str, organization_id: str) -> None:
    """Take a person's browsers out of an organization; where they look next is their own."""
    there = SignInSession.user_id == user_id, SignInSession.organization_id == organization_id
    session.execute(update(SignInSession).where(*there).values(organization_id=None))


def ever(session: Session, user_id: str, now: datetime) -> bool:
    """Whether a person may have signed in before: what an older account did may be forgotten."""
    known = select(SignInSession.id).where(SignInSession.user_id == user_id).limit(1)
    if session.scalar(known) is not None:
        return True
    return session.get_one(User, user_id).created_at < now - KEPT


def forget_old(session: Session, now: datetime) -> int:
    """Drop sessions that ended a month ago, however they did; who asks sooner still sees them."""
    shown = select(ConsentForm.session_id)
    over = or_(
        SignInSession.expires_at < now - KEPT,
        SignInSession.revoked_at < now - KEPT,
        SignInSession.last_seen_at < now - IDLE - KEPT,
    )
    return changed(session, delete(SignInSession).where(over, SignInSession.id.not_in(shown)))


def _person(row: SignInSession, user: User) -> SignedIn:
    return SignedIn(
        session_id=row.id,
        user_id=user.id,
        email=user.email,
        name=user.name,
        verified=user.email_verified_at is not None,
        authenticated_at=row.authenticated_at,
        time_zone=user.time_zone,
        organization_id=row.organization_id,
        deletion_due_at=user.deletion_due_at,
        has_password=user.password_digest is not None,
    )
