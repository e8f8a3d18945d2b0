"""What happened to connections, newest first: from the log of acts, the runs, the tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import limits_reached
from app.models.accounts import User
from app.models.audit import AuditEvent
from app.models.grants import RefreshToken
from app.models.runs import Run

MOST = 20


class Happened(NamedTuple):
    """One thing: its kind, and what is told with it."""

    at: datetime
    kind: str  # connected | changed | sells | sells_no_more | ended | ran | refreshed | refused
    who: str = ""  # an address
    run_id: str = ""
    label: str = ""
    tokens: int | None = None


def of(session: Session, organization_id: str, grant_ids: Sequence[str]) -> list[Happened]:
    """The newest of everything that happened to these connections of an organization."""
    found = [
        *_acts(session, organization_id, grant_ids),
        *_runs(session, organization_id, grant_ids),
        *_refreshed(session, grant_ids),
        *(
            Happened(each.at, "refused", tokens=each.amount)
            for each in limits_reached.of(session, list(grant_ids))
            if each.subject.startswith("app:")
        ),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _acts(session: Session, organization_id: str, grant_ids: Sequence[str]) -> list[Happened]:
    rows = session.execute(
        select(AuditEvent.action, AuditEvent.at, AuditEvent.details, User.email)
        .outerjoin(User, User.id == AuditEvent.actor)
        .where(AuditEvent.chain == organization_id, AuditEvent.subject.in_(grant_ids))
        .order_by(AuditEvent.number.desc())
        .limit(MOST)
    )
    return [
        Happened(at, _KINDS[action], email or "", tokens=details.get("to", {}).get("tokens"))
        for action, at, details, email in rows
        if action in _KINDS
    ]


def _runs(session: Session, organization_id: str, grant_ids: Sequence[str]) -> list[Happened]:
    rows = session.execute(
        select(Run.created_at, Run.id, Run.label, Run.tokens)
        .where(Run.credential_id.in_(grant_ids), Run.organization_id == organization_id)
        .order_by(Run.id.desc())
        .limit(MOST)
    )
    return [
        Happened(at, "ran", run_id=id_, label=label or "", tokens=tokens)
        for at, id_, label, tokens in rows
    ]


def _refreshed(session: Session, grant_ids: Sequence[str]) -> list[Happened]:
    rows = session.scalars(
        select(RefreshToken.rotated_at)
        .where(RefreshToken.grant_id.in_(grant_ids), RefreshToken.rotated_at.is_not(None))
        .order_by(RefreshToken.rotated_at.desc())
        .limit(MOST)
    )
    return [Happened(at, "refreshed") for at in rows if at is not None]


_KINDS = {
    "app.connected": "connected",
    "app.limits_changed": "changed",
    "app.sells": "sells",
    "app.sells_no_more": "sells_no_more",
    "app.disconnected": "ended",
}
