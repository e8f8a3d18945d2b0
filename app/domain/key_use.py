"""When keys and connections were last used, how often, from where, and what they called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db import Instant
from app.kit import clock, ids
from app.models.calls import ApiCall, AppCall
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
    """One call of a tool; a refusal by its code."""

    tool: str
    refusal: str | None
    request_id: str
    at: datetime


class _Kind(NamedTuple):
    """Where the calls of one kind of credential are written down."""

    holder: type[Grant] | type[ApiKey]
    call: type[AppCall] | type[ApiCall]
    whose: InstrumentedAttribute[str]


CALLS_KEPT = 50  # of each key and connection
_CONNECTION = _Kind(Grant, AppCall, AppCall.grant_id)
_KEY = _Kind(ApiKey, ApiCall, ApiCall.key_id)


def note(session: Session, uses: Mapping[str, Use]) -> None:
    """Write down when and from where each was last used; a later use always wins."""
    for id_, use in sorted(uses.items()):  # one order for all, or writers lock each other out
        holder = _kind(id_).holder
        row = update(holder).where(holder.id == id_).values(requests=holder.requests + use.times)
        if holder is Grant:
            first = func.coalesce(Grant.first_used_at, literal(use.at, Instant))
            row = row.values(first_used_at=first)
        session.execute(row)
        _last(session, holder, id_, use)


def note_calls(session: Session, calls: Mapping[str, Iterable[Called]]) -> None:
    """Write down what was called by whom is still there, and forget all but each one's newest."""
    for kind in (_CONNECTION, _KEY):
        theirs = {id_: made for id_, made in calls.items() if _kind(id_) is kind}
        if theirs:
            _note_calls(session, kind, theirs)


def newest_calls(session: Session, credential_id: str) -> list[Called]:
    """The newest calls by a key or a connection; they are written down some seconds after."""
    _, call, whose = _kind(credential_id)
    columns = call.tool, call.refusal, call.request_id, call.at
    newest = select(*columns).where(whose == credential_id).order_by(call.id.desc())
    return [Called(*row) for row in session.execute(newest.limit(CALLS_KEPT))]


def _kind(credential_id: str) -> _Kind:
    return _CONNECTION if ids.is_id("grt", credential_id) else _KEY


def _note_calls(session: Session, kind: _Kind, calls: Mapping[str, Iterable[Called]]) -> None:
    holder, call, whose = kind
    there = select(holder.id).where(holder.id.in_(calls)).order_by(holder.id)
    kept = set(session.scalars(there.with_for_update(read=True, key_share=True)))
    rows = [
        {
            "id": ids.of_moment("call", clock.milliseconds(each.at)),
            whose.key: id_,
            "tool": each.tool,
            "refusal": each.refusal,
            "request_id": each.request_id,
            "at": each.at,
        }
        for id_, made in calls.items()
        for each in made
        if id_ in kept
    ]
    if rows:
        session.execute(insert(call), rows)
    for id_ in sorted(kept):
        mine = select(call.id).where(whose == id_).order_by(call.id.desc())
        oldest = mine.limit(1).offset(CALLS_KEPT).scalar_subquery()
        session.execute(delete(call).where(whose == id_, call.id <= oldest))


def _last(session: Session, table: type[ApiKey] | type[Grant], id_: str, use: Use) -> None:
    unseen = or_(table.last_used_at.is_(None), table.last_used_at <= use.at)
    row = update(table).where(table.id == id_, unseen)
    session.execute(row.values(last_used_at=use.at, last_used_from=use.address))
