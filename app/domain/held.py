"""What a person made that lets something in without them: asked about after a reset."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.orm import Session

from app.domain import keys
from app.domain.grants import end
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant

_Rows = Select[str, str, str, str, datetime, datetime | None, str | None]


class Held(NamedTuple):
    """A key or a connection that is alive."""

    id: str
    organization_id: str
    kind: str  # key | connection
    name: str
    made_at: datetime
    used_at: datetime | None
    used_from: str | None


def by_person(session: Session, user_id: str, now: datetime) -> list[Held]:
    """Every living key and connection of a person, the newest first."""
    found = [
        *(Held(*row) for row in session.execute(_keys(user_id, now))),
        *(Held(*row) for row in session.execute(_connections(user_id, now))),
    ]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def end_chosen(session: Session, user_id: str, choices: Mapping[str, str], now: datetime) -> int:
    """End what was chosen to end, of this person's alone; gives how many ended."""
    chosen = [each for each in by_person(session, user_id, now) if choices.get(each.id) == "end"]
    for each in chosen:
        if each.kind == "key":
            keys.revoke(session, each.organization_id, each.id, actor=user_id, now=now)
        else:
            end.grant(session, each.id, "password_reset", now, actor=user_id)
    return len(chosen)


def _keys(user_id: str, now: datetime) -> _Rows:
    return select(
        ApiKey.id, ApiKey.organization_id, literal("key"), ApiKey.name, ApiKey.created_at,
        ApiKey.last_used_at, ApiKey.last_used_from,
    ).where(
        ApiKey.user_id == user_id,
        ApiKey.revoked_at.is_(None),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
    )  # fmt: skip


def _connections(user_id: str, now: datetime) -> _Rows:
    return (
        select(
            Grant.id, Grant.organization_id, literal("connection"), Client.name, Grant.created_at,
            Grant.last_used_at, Grant.last_used_from,
        )
        .join(Client, Client.id == Grant.client_id)
        .where(Grant.user_id == user_id, Grant.ended_at.is_(None), Grant.expires_at > now)
    )  # fmt: skip
