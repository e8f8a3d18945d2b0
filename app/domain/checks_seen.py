"""Checks as their people see them: an organization's own, of the last day."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks import KEPT, UNFINISHED
from app.errors import NotFound
from app.kit import ids
from app.models.accounts import User
from app.models.checks import ConnectorCheck

SHOWN = 5

Json = dict[str, Any]


class Shown(NamedTuple):
    """A check as its people see it."""

    id: str
    status: str  # running | complete | failed
    reports: list[Json]
    failure: str | None
    by: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def sound(self) -> bool:
        """Whether every client got through."""
        return self.status == "complete" and all(each["sound"] for each in self.reports)


def find(session: Session, organization_id: str, check_id: str, now: datetime) -> Shown:
    """A check of this organization, not older than a day."""
    known = ids.is_id("chk", check_id)
    found = _shown(session, organization_id, now, ConnectorCheck.id == check_id) if known else []
    if not found:
        raise NotFound("There is no such check.", hint="They are kept for a day.")
    return found[0]


def latest(session: Session, organization_id: str, now: datetime) -> list[Shown]:
    """The last few checks of an organization, newest first."""
    return _shown(session, organization_id, now)


def _shown(session: Session, organization_id: str, now: datetime, *more: Any) -> list[Shown]:
    rows = session.execute(
        select(ConnectorCheck, User.email)
        .join(User, User.id == ConnectorCheck.user_id)
        .where(
            ConnectorCheck.organization_id == organization_id,
            ConnectorCheck.created_at > now - KEPT,
            *more,
        )
        .order_by(ConnectorCheck.id.desc())
        .limit(SHOWN)
    )
    return [_of(row, email, now) for row, email in rows]


def _of(row: ConnectorCheck, email: str, now: datetime) -> Shown:
    late = row.status == "running" and row.lease_until < now
    status = "failed" if late else row.status
    failure = UNFINISHED if late else row.failure
    return Shown(row.id, status, row.reports, failure, email, row.created_at, row.ended_at)
