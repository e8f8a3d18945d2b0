"""What a person made that lets something in without them: asked about after a reset."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain import keys, rights
from app.domain.grants import end, own
from app.domain.rights import Right
from app.models.accounts import Membership
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant

_BECAUSE = "password_reset"
_Rows = Select[str, str, str, str, datetime, datetime | None, str | None]


class Held(NamedTuple):
    """A key or a connection that is alive, or an app that acts alone."""

    id: str
    organization_id: str
    kind: str  # key | connection | app
    name: str
    made_at: datetime
    used_at: datetime | None
    used_from: str | None


def by_person(session: Session, user_id: str, now: datetime) -> list[Held]:
    """Every living key and connection of a person, and what acts alone for what they own."""
    found = [
        *(Held(*row) for row in session.execute(_keys(user_id, now))),
        *(Held(*row) for row in session.execute(_connections(user_id, now))),
        *(Held(*row) for row in session.execute(_apps(user_id))),
    ]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def end_chosen(session: Session, user_id: str, choices: Mapping[str, str], now: datetime) -> int:
    """End what was chosen to end, of this person's alone; gives how many ended."""
    chosen = [each for each in by_person(session, user_id, now) if choices.get(each.id) == "end"]
    for each in sorted(chosen, key=lambda each: each.kind != "app"):  # clients are locked first
        if each.kind == "key":
            keys.revoke(session, each.organization_id, each.id, actor=user_id, now=now)
        elif each.kind == "app":
            own.stop(session, [each.id], each.organization_id, user_id, now)
            end.own(session, each.id, _BECAUSE, now)
        else:
            end.grant(session, each.id, _BECAUSE, now, actor=user_id)
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


def _apps(user_id: str) -> _Rows:
    """Switched on is enough: a secret that somebody else knows is a token whenever they like."""
    owns = [role for role in rights.ROLES if rights.may(role, Right.ORGANIZATION_TOKENS)]
    return (
        select(
            Client.id, Client.organization_id, literal("app"), Client.name, Client.created_at,
            _last(Grant.last_used_at), _last(Grant.last_used_from),
        )
        .join(Membership, Membership.organization_id == Client.organization_id)
        .where(
            Membership.user_id == user_id,
            Membership.role.in_(owns),
            Client.client_credentials,
            Client.ended_at.is_(None),
        )
    )  # fmt: skip


def _last(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """What is known of the last time an app acted alone."""
    uses = select(column).where(
        Grant.client_id == Client.id,
        Grant.subject_kind == "client",
        Grant.last_used_at.is_not(None),
    )
    return uses.order_by(Grant.last_used_at.desc()).limit(1).scalar_subquery()
