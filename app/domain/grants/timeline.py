"""What happened to connections, newest first: from the log of acts, the runs, calls, the tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.domain import limits_reached
from app.models.accounts import User
from app.models.audit import AuditEvent
from app.models.calls import AppCall
from app.models.grants import RefreshToken
from app.models.runs import Run

MOST = 20
REFUSALS = 5  # all of the newest calls stand beside this, and the rest is rarer


class Happened(NamedTuple):
    """One thing: its kind, and what is told with it."""

    at: datetime
    # connected | changed | sells | sells_no_more | ended | ran | refreshed | limited | refused
    kind: str
    who: str = ""  # an address
    run_id: str = ""
    label: str = ""  # of a run; of a refusal the tool
    tokens: int | None = None
    code: str = ""  # of a refusal


def of(session: Session, organization_id: str, grant_ids: Sequence[str]) -> list[Happened]:
    """The newest of everything that happened to these connections of an organization."""
    found = [
        *_acts(session, organization_id, grant_ids),
        *_runs(session, organization_id, grant_ids),
        *_asked(session, grant_ids),
        *(
            Happened(each.at, "limited", tokens=each.amount)
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


def _asked(session: Session, grant_ids: Sequence[str]) -> list[Happened]:
    """Refreshes, and a few of the calls that were refused: in one question, for pages ask many."""
    refreshed = (
        select(RefreshToken.rotated_at, literal("").label("tool"), literal("").label("code"))
        .where(RefreshToken.grant_id.in_(grant_ids), RefreshToken.rotated_at.is_not(None))
        .order_by(RefreshToken.rotated_at.desc())
        .limit(MOST)
        .subquery()
    )
    refused = (
        select(AppCall.at, AppCall.tool, AppCall.refusal)
        .where(AppCall.grant_id.in_(grant_ids), AppCall.refusal.is_not(None))
        .order_by(AppCall.id.desc())
        .limit(REFUSALS)
        .subquery()
    )
    rows = session.execute(union_all(select(refreshed), select(refused)))
    return [
        Happened(at, "refused" if tool else "refreshed", label=tool, code=code)
        for at, tool, code in rows
    ]


_KINDS = {
    "app.connected": "connected",
    "app.limits_changed": "changed",
    "app.sells": "sells",
    "app.sells_no_more": "sells_no_more",
    "app.disconnected": "ended",
}
