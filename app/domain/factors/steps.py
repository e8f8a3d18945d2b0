"""Between the first half of a sign-in and the second: who it is, and what they came for."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.errors import NotFound
from app.kit import secrets
from app.models.accounts import User
from app.models.factors import SecondStep

PREFIX = "polis_2s_"
LIFE = timedelta(minutes=10)


class StepSpent(NotFound):
    """Used, too old and never ours get the same words."""


class Waiting(NamedTuple):
    """A sign-in that waits for its second factor, at the only moment its secret is known."""

    secret: str


class Step(NamedTuple):
    """Whose sign-in waits."""

    user_id: str
    email: str
    onward: str
    new_password: str | None


def begin(
    session: Session, user_id: str, onward: str, new_password: str | None, now: datetime
) -> Waiting:
    """Have somebody whose first factor was right show a second one."""
    secret = secrets.mint(PREFIX)
    session.add(
        SecondStep(
            digest=secrets.digest(secret),
            user_id=user_id,
            onward=onward,
            new_password=new_password,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return Waiting(secret)


def look(session: Session, secret: str, now: datetime) -> Step | None:
    """Whose sign-in a browser's secret stands for."""
    if not secrets.well_formed(PREFIX, secret):
        return None
    row = session.execute(
        select(SecondStep.user_id, User.email, SecondStep.onward, SecondStep.new_password)
        .join(User, User.id == SecondStep.user_id)
        .where(User.deleted_at.is_(None), *_living(secret, now))
    ).first()
    return None if row is None else Step(*row)


def use(session: Session, secret: str, now: datetime) -> Step:
    """Use a step up; of two that come at once, one gets in."""
    found = look(session, secret, now)
    spent = update(SecondStep).where(*_living(secret, now)).values(used_at=now)
    if found is None or changed(session, spent) != 1:
        raise StepSpent("This sign-in took too long.", hint="Begin it again.")
    return found


def forget_old(session: Session, now: datetime) -> int:
    """Drop steps nobody can take any more."""
    return changed(session, delete(SecondStep).where(SecondStep.expires_at < now))


def _living(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SecondStep.digest == secrets.digest(secret),
        SecondStep.used_at.is_(None),
        SecondStep.expires_at > now,
    )
