"""The runs a key and its forebears started."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.own_keys.shown import Shown
from app.domain.runs.status import shown
from app.models.credentials import ApiKey
from app.models.runs import Comparison, Run

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


def latest(session: Session, key: Shown) -> list[Started]:
    """The newest runs of a key's lineage."""
    rows = session.execute(
        select(
            Run.id,
            Run.label,
            shown(),
            Run.persona_count,
            Run.tokens,
            Run.refunded_tokens,
            Run.created_at,
            ApiKey.last_four,
        )
        .join(ApiKey, ApiKey.id == Run.credential_id)
        .outerjoin(Comparison, Comparison.id == Run.comparison_id)
        .where(ApiKey.lineage_id == key.lineage_id, ApiKey.organization_id == key.organization_id)
        .order_by(Run.id.desc())
        .limit(MOST)
    )
    return [Started(*row) for row in rows]
