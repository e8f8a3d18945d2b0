"""The log of an organization as people read it: in pages, with words for who and what."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain import audit_names
from app.models.audit import AuditEvent

PAGE = 50
_AT_ONCE = 500


class Filters(NamedTuple):
    """Which acts are asked for; empty: all."""

    actor: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is not shown


class Act(NamedTuple):
    """One act, told."""

    number: int
    at: datetime
    actor: str  # words, or the id of somebody who is gone
    actor_id: str
    action: str
    subject: str
    subject_id: str
    details: dict[str, Any]
    organization: str
    previous: bytes
    digest: bytes  # covers the act as it was written down, ids and not words, and the one before


class Page(NamedTuple):
    """A page of acts, newest first, and the number to go on before; None at the end."""

    acts: list[Act]
    before: int | None


def page(session: Session, chain: str, filters: Filters, *, before: int | None = None) -> Page:
    """The newest acts that fit, or those before a number."""
    rows = _rows(session, chain, filters, before, PAGE + 1)
    more = len(rows) > PAGE
    acts = _told(session, chain, rows[:PAGE])
    return Page(acts, acts[-1].number if more else None)


def everything(session: Session, chain: str, filters: Filters, *, before: int | None) -> list[Act]:
    """A large page, for exports."""
    return _told(session, chain, _rows(session, chain, filters, before, _AT_ONCE))


def actions(session: Session, chain: str) -> list[str]:
    """Every kind of act that stands in a chain."""
    return sorted(_different(session, chain, AuditEvent.action))


def actors(session: Session, chain: str) -> list[tuple[str, str]]:
    """Whoever acted in a chain: id and words, by words."""
    ids = _different(session, chain, AuditEvent.actor)
    words = audit_names.words(session, chain, ids)
    return sorted(((id_, words.get(id_, id_)) for id_ in ids), key=lambda each: each[1])


def _different(session: Session, chain: str, column: InstrumentedAttribute[str]) -> list[str]:
    """Each value once, from one to the next by its index: DISTINCT would read the whole chain."""
    least = select(func.min(column)).where(AuditEvent.chain == chain)
    one = least.cte("one", recursive=True)
    (value,) = one.c
    step = select(least.where(column > value).scalar_subquery()).where(value.is_not(None))
    each = one.union_all(step)
    return [found for found in session.scalars(select(each)) if found is not None]


def _rows(
    session: Session, chain: str, filters: Filters, before: int | None, limit: int
) -> list[AuditEvent]:
    which: list[ColumnElement[bool]] = [AuditEvent.chain == chain]
    if before is not None:
        which.append(AuditEvent.number < before)
    if filters.actor:
        which.append(AuditEvent.actor == filters.actor)
    if filters.action:
        which.append(AuditEvent.action == filters.action)
    if filters.since is not None:
        which.append(AuditEvent.at >= filters.since)
    if filters.until is not None:
        which.append(AuditEvent.at < filters.until)
    found = select(AuditEvent).where(*which).order_by(AuditEvent.number.desc()).limit(limit)
    return list(session.scalars(found))


def _told(session: Session, chain: str, rows: list[AuditEvent]) -> list[Act]:
    ids = {each for row in rows for each in (row.actor, row.subject)}
    words = audit_names.words(session, chain, ids)
    return [
        Act(
            row.number,
            row.at,
            words.get(row.actor, row.actor),
            row.actor,
            row.action,
            words.get(row.subject, row.subject),
            row.subject,
            row.details,
            row.chain,
            row.previous,
            row.digest,
        )
        for row in rows
    ]
