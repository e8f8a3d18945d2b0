"""Finds what a handle names, within the caller's organization and book."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.callers import Caller
from app.domain.runs.status import shown
from app.errors import NotFound
from app.kit import ids
from app.models.runs import Comparison, Run
from app.models.threads import Thread

T = TypeVar("T", Run, Comparison, Thread)


class Placed(NamedTuple):
    """A run, and where it stands for whoever looks."""

    run: Run
    status: str


def run(session: Session, caller: Caller, run_id: str) -> Run:
    """A run of this caller; foreign, unknown and malformed handles are the same."""
    row = session.get(Run, run_id) if ids.is_id("run", run_id) else None
    return _mine(row, caller, "run_id")


def comparison(session: Session, caller: Caller, compare_id: str) -> Comparison:
    """A comparison of this caller."""
    row = session.get(Comparison, compare_id) if ids.is_id("cmp", compare_id) else None
    return _mine(row, caller, "compare_id")


def thread(session: Session, caller: Caller, thread_id: str) -> Thread:
    """A thread of this caller."""
    row = session.get(Thread, thread_id) if ids.is_id("thr", thread_id) else None
    return _mine(row, caller, "thread_id")


def runs_of(session: Session, caller: Caller, handle: str) -> Sequence[Run]:
    """The run a handle names, or every run of the comparison it names, in variant order."""
    if not handle.startswith("cmp_"):
        return [run(session, caller, handle)]
    return variants(session, comparison(session, caller, handle).id)


def variants(session: Session, compare_id: str) -> Sequence[Run]:
    """The runs of a comparison in variant order."""
    statement = select(Run).where(Run.comparison_id == compare_id).order_by(Run.variant)
    return session.scalars(statement).all()


def lock_comparison(session: Session, compare_id: str) -> Comparison:
    """A comparison's row, held for this transaction: whatever ends it queues up here.

    Its runs may be locked afterwards, never before: two who take both must take them in one order.
    """
    held = _held(session, compare_id)
    if held is None:
        raise NotFound("There is no such comparison here.", hint="It may be deleted already.")
    return held


def open_comparison(session: Session, compare_id: str) -> Comparison | None:
    """A comparison that is still to end, held as above; None where it ended or was erased."""
    row = _held(session, compare_id)
    return None if row is None or row.completed_at is not None else row


def lock_variants(session: Session, compare_id: str) -> Sequence[Run]:
    """The runs of a locked comparison, held too: no batch is counted while it ends."""
    statement = select(Run).where(Run.comparison_id == compare_id).order_by(Run.variant)
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.scalars(locked).all()


def lock_run(session: Session, run_id: str) -> Run | None:
    """A run, held for this transaction, its comparison first where it belongs to one."""
    run = session.get(Run, run_id)
    if run is not None and run.comparison_id is not None:
        _held(session, run.comparison_id)
    return session.get(Run, run_id, with_for_update=_ROW, populate_existing=True)


def _held(session: Session, compare_id: str) -> Comparison | None:
    return session.get(Comparison, compare_id, with_for_update=_ROW, populate_existing=True)


def page(
    session: Session, caller: Caller, *, before: str | None, status: str | None, limit: int
) -> list[Placed]:
    """The caller's runs, newest first, one more than `limit` where there are more."""
    statement = (
        select(Run, shown())
        .outerjoin(Comparison, Comparison.id == Run.comparison_id)
        .where(Run.organization_id == caller.organization_id, Run.book == caller.book)
    )
    if before is not None:
        statement = statement.where(Run.id < before)
    if status is not None:
        statement = statement.where(shown() == status)
    rows = session.execute(statement.order_by(Run.id.desc()).limit(limit + 1))
    return [Placed(*row) for row in rows]


def _mine(row: T | None, caller: Caller, field: str) -> T:
    if row is None or (row.organization_id, row.book) != (caller.organization_id, caller.book):
        raise NotFound(
            f"This {field} names nothing of yours.",
            hint="polis_runs lists the runs of this organization and book.",
        )
    return row


# FOR NO KEY UPDATE: PostgreSQL looks up a row's foreign keys when it is updated twice in one
# transaction, as a run is by its last batch, and must not wait there for whoever holds the other.
_ROW = {"key_share": True}
