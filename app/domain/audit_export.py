"""The log as the operator takes it away: of one organization or of all, with its digests."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import Session

from app.domain import audit
from app.errors import NotFound
from app.kit import clock
from app.models.accounts import Organization
from app.models.audit import AuditEvent

_AT_ONCE = 500


class Wanted(NamedTuple):
    """Which acts are asked for."""

    organization_id: str | None  # None: every organization, and the installation itself
    since: datetime | None


class Act(NamedTuple):
    """One act as it was written down; its digest covers it and the one before."""

    organization: str  # or `installation`
    number: int
    at: str
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    previous: str
    digest: str


def begin(session: Session, wanted: Wanted, kind: str, now: datetime) -> None:
    """That the log was taken away is an act itself, in the log it is about."""
    chain = wanted.organization_id or audit.INSTALLATION
    if chain != audit.INSTALLATION and session.get(Organization, chain) is None:
        raise NotFound(f"There is no organization {chain}.")
    facts = {"format": kind}
    if wanted.since is not None:
        facts["since"] = wanted.since.isoformat()
    audit.record(session, chain, audit.OPERATOR, "audit.exported", chain, facts, now)


def after(session: Session, wanted: Wanted, last: Act | None) -> list[Act]:
    """The next acts, each chain from its beginning; none at the end."""
    which: list[ColumnElement[bool]] = []
    if wanted.organization_id is not None:
        which.append(AuditEvent.chain == wanted.organization_id)
    if wanted.since is not None:
        which.append(AuditEvent.at >= wanted.since)
    if last is not None:
        place = tuple_(AuditEvent.chain, AuditEvent.number)
        which.append(place > (last.organization, last.number))
    rows = select(AuditEvent).where(*which).order_by(AuditEvent.chain, AuditEvent.number)
    return [_act(each) for each in session.scalars(rows.limit(_AT_ONCE))]


def _act(row: AuditEvent) -> Act:
    return Act(
        row.chain,
        row.number,
        clock.iso(row.at),
        row.actor,
        row.action,
        row.subject,
        row.details,
        row.previous.hex(),
        row.digest.hex(),
    )
