"""What a key was used for: its newest calls, and the runs it and its forebears started."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.own_keys.shown import Shown
from app.models.calls import ApiCall
from app.models.credentials import ApiKey
from app.models.runs import Run

MOST = 50


class Started(NamedTuple):
    """One run, in a line."""

    id: str
    label: str | None
    status: str
    people: int
    tokens: int
    refunded: int
    at: datetime
    last_four: str  # of the key of the lineage it came by


class Call(NamedTuple):
    """One call, in a line."""

    tool: str
    refusal: str | None
    request_id: str
    at: datetime


def newest(session: Session, key: Shown) -> list[Call]:
    """The newest calls of this key alone; they are written down some seconds after."""
    columns = ApiCall.tool, ApiCall.refusal, ApiCall.request_id, ApiCall.at
    mine = select(*columns).where(ApiCall.key_id == key.id)
    return [Call(*row) for row in session.execute(mine.order_by(ApiCall.id.desc()).limit(MOST))]


def latest(session: Session, key: Shown) -> list[Started]:
    """The newest runs of a key's lineage."""
    rows = session.execute(
        select(
            Run.id,
            Run.label,
            Run.status,
            Run.persona_count,
            Run.tokens,
            Run.refunded_tokens,
            Run.created_at,
            ApiKey.last_four,
        )
        .join(ApiKey, ApiKey.id == Run.credential_id)
        .where(ApiKey.lineage_id == key.lineage_id, ApiKey.organization_id == key.organization_id)
        .order_by(Run.id.desc())
        .limit(MOST)
    )
    return [Started(*row) for row in rows]
