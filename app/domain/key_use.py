"""When keys and connections were last used, how often, and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, or_, update
from sqlalchemy.orm import Session

from app.db import Instant
from app.kit import ids
from app.models.credentials import ApiKey
from app.models.grants import Grant


@dataclass(frozen=True, slots=True)
class Use:
    """How often one was used since it was last written down, and by whom last."""

    at: datetime
    address: str
    times: int


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


def _last(session: Session, table: type[ApiKey] | type[Grant], id_: str, use: Use) -> None:
    unseen = or_(table.last_used_at.is_(None), table.last_used_at <= use.at)
    row = update(table).where(table.id == id_, unseen)
    session.execute(row.values(last_used_at=use.at, last_used_from=use.address))
