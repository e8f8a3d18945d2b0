"""Links sent by mail: the worker mints them, a button uses them, once, within half an hour."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.errors import NotFound
from app.kit import secrets
from app.models.accounts import User
from app.models.sign_in import MailedLink

PREFIX = "polis_ml_"
LIFE = timedelta(minutes=30)


class LinkSpent(NotFound):
    """Used, too old and never mailed get the same words."""


class Link(NamedTuple):
    """What a link stands for."""

    purpose: str
    user_id: str
    email: str
    browser: str | None  # the mark of the one it was asked from
    onward: str


def mint(session: Session, purpose: str, email: str, facts: dict[str, str], now: datetime) -> str:
    """A new link for whoever has an address; empty where nobody does."""
    user_id = session.scalar(select(User.id).where(User.email == email, User.deleted_at.is_(None)))
    if user_id is None:
        return ""
    secret = secrets.mint(PREFIX)
    session.add(
        MailedLink(
            digest=secrets.digest(secret),
            purpose=purpose,
            user_id=user_id,
            email=email,
            session_id=facts.get("browser"),
            onward=facts.get("onward", ""),
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    return secret


def look(session: Session, secret: str, now: datetime) -> Link:
    """What a link would do, without doing it: programs open links before people do."""
    if secrets.well_formed(PREFIX, secret):
        row = session.execute(
            select(*_FACTS)
            .join(User, (User.id == MailedLink.user_id) & (User.email == MailedLink.email))
            .where(User.deleted_at.is_(None), *_living(secret, now))
        ).first()
        if row is not None:
            return Link(*row)
    raise LinkSpent("This link was used already, or is older than 30 minutes.")


def use(session: Session, secret: str, now: datetime) -> Link:
    """Use a link up, and with it every other that its person was sent."""
    found = look(session, secret, now)
    spent = update(MailedLink).values(used_at=now)
    if changed(session, spent.where(*_living(secret, now))) != 1:
        return look(session, secret, now)  # somebody else was quicker
    open_ = MailedLink.user_id == found.user_id, MailedLink.used_at.is_(None)
    session.execute(spent.where(*open_))
    return found


def forget_old(session: Session, now: datetime) -> int:
    """Drop links that cannot be used any more."""
    return changed(session, delete(MailedLink).where(MailedLink.expires_at < now))


def _living(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MailedLink.digest == secrets.digest(secret),
        MailedLink.used_at.is_(None),
        MailedLink.expires_at > now,
    )


_FACTS = (
    MailedLink.purpose,
    User.id,
    MailedLink.email,
    MailedLink.session_id,
    MailedLink.onward,
)
