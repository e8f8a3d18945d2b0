"""Letters before a key ends: seven days ahead and one, each once."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain import mails, owners
from app.kit import clock
from app.models.accounts import Membership, User
from app.models.credentials import ApiKey

DAYS = (1, 7)
_AT_ONCE = 200
_NEVER = 1000


def warn(session: Session, now: datetime) -> None:
    """Write about keys that end soon; what is beyond one round waits for the next."""
    for key in session.scalars(_due(now)).all():
        days = next(each for each in DAYS if _ends_within(key, each, now))
        key.warned_days = days
        if _life(key) > timedelta(days=days):  # whoever made it for a day knows
            _write(session, key, days, now)


def _write(session: Session, key: ApiKey, days: int, now: datetime) -> None:
    facts = {
        "when": "within a day" if days == 1 else f"within {days} days",
        "prefix": key.prefix,
        "at": clock.iso(key.expires_at or now),
        "last_used_at": clock.iso(key.last_used_at) if key.last_used_at else "never",
    }
    for address in _maker(session, key) or owners.addresses(session, key.organization_id):
        mails.record(session, "key_expiring", address, facts, now)


def _maker(session: Session, key: ApiKey) -> list[str]:
    """Whoever made it, while they belong to its organization."""
    statement = (
        select(User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id == key.user_id,
            User.deleted_at.is_(None),
            Membership.organization_id == key.organization_id,
        )
    )
    return list(session.scalars(statement))


def _due(now: datetime) -> Select[ApiKey]:
    successor = aliased(ApiKey)
    rolled = exists().where(successor.rolled_from_id == ApiKey.id)
    return (
        select(ApiKey)
        .where(
            ApiKey.revoked_at.is_(None),
            ApiKey.expires_at > now,
            or_(*(_untold(days, now) for days in DAYS)),
            ~rolled,
        )
        .order_by(ApiKey.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True, of=ApiKey)
    )


def _untold(days: int, now: datetime) -> ColumnElement[bool]:
    told = func.coalesce(ApiKey.warned_days, _NEVER)
    return and_(ApiKey.expires_at <= now + timedelta(days=days), told > days)


def _ends_within(key: ApiKey, days: int, now: datetime) -> bool:
    return key.expires_at is not None and key.expires_at <= now + timedelta(days=days)


def _life(key: ApiKey) -> timedelta:
    return timedelta(0) if key.expires_at is None else key.expires_at - key.created_at
