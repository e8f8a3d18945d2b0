"""Tokens set aside for something that is over, or that nobody works on: they would stay held."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.runs.outcome import OVER
from app.models.billing import LedgerEntry
from app.models.runs import Comparison, Run
from app.models.threads import Turn
from app.models.work import Work

_CAUSES = ("run:", "compare:", "turn:")  # a disputed payment's tokens are held by its dispute


def count(session: Session) -> int:
    """How many things hold tokens at this moment."""
    return session.scalar(select(func.count()).select_from(_open().subquery())) or 0


def stuck(session: Session) -> Iterator[str]:
    """Every hold that no work is going to end."""
    worked_on = _worked_on(session)
    for cause in session.scalars(_open()).all():
        handles = _handles(session, cause)
        if not handles:
            yield f"{cause} holds tokens and is over, or gone"
        elif not handles & worked_on:
            yield f"{cause} holds tokens and nothing is left to do for it"


def _open() -> Select[str]:
    """Causes with a hold and no release, which its settle writes with it."""
    release = aliased(LedgerEntry)
    ended = exists().where(release.cause == LedgerEntry.cause, release.kind == "release")
    return (
        select(LedgerEntry.cause)
        .where(LedgerEntry.kind == "hold", or_(*map(_begins, _CAUSES)), ~ended)
        .distinct()
        .order_by(LedgerEntry.cause)
    )


def _begins(prefix: str) -> ColumnElement[bool]:
    return LedgerEntry.cause.startswith(prefix)


def _handles(session: Session, cause: str) -> set[str]:
    """What work would name that ends this hold; nothing where the cause itself has ended."""
    kind, _, handle = cause.partition(":")
    if kind == "run":
        return set(session.scalars(select(Run.id).where(Run.id == handle, Run.status.not_in(OVER))))
    if kind == "compare":
        open_ = Comparison.id == handle, Comparison.completed_at.is_(None)
        variants = select(Run.id).join(Comparison, Comparison.id == Run.comparison_id).where(*open_)
        return {handle, *session.scalars(variants)} if session.scalar(_some(*open_)) else set()
    thread_id, _, number = handle.rpartition(":")
    turn = session.get(Turn, (thread_id, int(number)))
    return {thread_id} if turn is not None and turn.status == "pending" else set()


def _some(*open_: ColumnElement[bool]) -> Select[str]:
    return select(Comparison.id).where(*open_)


def _worked_on(session: Session) -> set[str]:
    """Every id that open work names."""
    payloads = session.scalars(select(Work.payload).where(Work.ended_at.is_(None)))
    return {word for payload in payloads for word in _words(payload)}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)
