"""The trial of whoever proved their address on a day that was given away: it comes with the next.

A proof never fails for want of tokens, and nobody has to ask again.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import outbox
from app.domain import trial
from app.domain.trial import TrialExhausted
from app.kit import clock
from app.models.accounts import Organization, User

KIND = "grant_trial"


def grant_or_owe(
    session: Session, user_id: str, organization_id: str, mode: str, *, per_day: int, now: datetime
) -> bool:
    """Give a proved person their trial, or write it down for tomorrow; False where it is owed."""
    user = session.get_one(User, user_id)
    try:
        with session.begin_nested():
            trial.grant(session, user.email, organization_id, mode, per_day=per_day, now=now)
    except TrialExhausted:
        _owe(session, user_id, organization_id, now)
        return False
    return True


def settle(
    session: Session, payload: dict[str, Any], mode: str, *, per_day: int, now: datetime
) -> None:
    """Give what was owed, while there is still somebody to give it to."""
    still_there = (
        select(User.id)
        .join(Organization, Organization.id == payload["organization_id"])
        .where(
            User.id == payload["user_id"],
            User.deleted_at.is_(None),
            Organization.deleted_at.is_(None),
        )
    )
    if session.scalar(still_there) is not None:
        grant_or_owe(session, **payload, mode=mode, per_day=per_day, now=now)


def _owe(session: Session, user_id: str, organization_id: str, now: datetime) -> None:
    tomorrow = clock.day_start(now) + timedelta(days=1)
    outbox.record(
        session,
        KIND,
        {"user_id": user_id, "organization_id": organization_id},
        key=f"trial:{organization_id}:{tomorrow:%Y-%m-%d}",
        now=now,
        due=tomorrow,
    )
