"""When keys and connections were last used, how often, from where, and what keys called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from app.db import Instant
from app.kit import clock, ids
from app.models.calls import ApiCall
from app.models.credentials import ApiKey
from app.models.grants import Grant


@dataclass(frozen=True, slots=True)
class Use:
    """How often one was used since it was last written down, and by whom last."""

    at: datetime
    address: str
    times: int


@dataclass(frozen=True, slots=True)
class Called:
    """One call of a tool by a key; a refusal by its code."""

    tool: str
    refusal: str | None
    request_id: str
    at: datetime


CALLS_KEPT = 50  # of each key


def note(session: Session, uses: Mapping[str, Use]) -> None:
    """Write down when and from where each was last used; a later use always wins."""
    for id_, use in sorted(uses.items()):  # one order for all, or writers lock each other out
        if ids.is_id("grt", id_):
            first = func.coalesce(Grant.first_used_at, literal(use.at, Instant))
            grant = update(Grant).where(Grant.id == id_)
            session.execute(grant.values(requests=Grant.requests + use.times, first_used_at=first))
            _last(session, Grant, id_, use)
        else:
            key = update(ApiKey).where(ApiKey.id == id_)
            session.execute(key.values(requests=ApiKey.requests + use.times))
            _last(session, ApiKey, id_, use)


def note_calls(session: Session, calls: Mapping[str, Iterable[Called]]) -> None:
    """Write down what keys called that are still there, and forget all but the newest of each."""
    there = select(ApiKey.id).where(ApiKey.id.in_(calls)).with_for_update(read=True, key_share=True)
    kept = set(session.scalars(there))
    rows = [
        {
            "id": ids.of_moment("call", clock.milliseconds(call.at)),
            "key_id": key_id,
            "tool": call.tool,
            "refusal": call.refusal,
            "request_id": call.request_id,
            "at": call.at,
        }
        for key_id, made in calls.items()
        for call in made
        if key_id in kept
    ]
    if rows:
        session.execute(insert(ApiCall), rows)
    for key_id in sorted(kept):
        mine = select(ApiCall.id).where(ApiCall.key_id == key_id).order_by(ApiCall.id.desc())
        oldest = mine.limit(1).offset(CALLS_KEPT).scalar_subquery()
        session.execute(delete(ApiCall).where(ApiCall.key_id == key_id, ApiCall.id <= oldest))


def _last(session: Session, table: type[ApiKey] | type[Grant], id_: str, use: Use) -> None:
    unseen = or_(table.last_used_at.is_(None), table.last_used_at <= use.at)
    row = update(table).where(table.id == id_, unseen)
    session.execute(row.values(last_used_at=use.at, last_used_from=use.address))
