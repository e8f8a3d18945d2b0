"""When keys were last used, how often, and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app.models.credentials import ApiKey


@dataclass(frozen=True, slots=True)
class Use:
    """How often a key was used since it was last written down, and by whom last."""

    at: datetime
    address: str
    times: int


def note(session: Session, uses: Mapping[str, Use]) -> None:
    """Write down when and from where keys were last used; a later use always wins."""
    for key_id, use in sorted(uses.items()):  # one order for all, or writers lock each other out
        key = update(ApiKey).where(ApiKey.id == key_id)
        session.execute(key.values(requests=ApiKey.requests + use.times))
        unseen = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= use.at)
        session.execute(key.where(unseen).values(last_used_at=use.at, last_used_from=use.address))
