"""What people do with runs that are there: name them, and delete them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain import audit, rights
from app.domain.rights import Right
from app.domain.runs import find
from app.domain.runs.outcome import OVER
from app.domain.signed_in import SignedIn
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import ids
from app.kit.plain import plain
from app.models.runs import Comparison, Run
from app.models.threads import Thread, Turn

LONGEST_LABEL = 80


def rename(session: Session, organization_id: str, handle: str, label: str) -> None:
    """Give a run or comparison another name, or none."""
    told = plain(label).replace("\n", " ").strip()
    if len(told) > LONGEST_LABEL:
        raise InvalidInput(f"A name has at most {LONGEST_LABEL} characters.", field="label")
    row: Run | Comparison = (
        _comparison(session, organization_id, handle)
        if handle.startswith("cmp_")
        else _run(session, organization_id, handle)
    )
    row.label = told or None


def may_delete(person: SignedIn, role: str, starters: Iterable[str | None]) -> bool:
    """Whether somebody started all of it, or is an admin here."""
    return set(starters) == {person.user_id} or rights.may(role, Right.ALL_RUNS)


def remove(
    session: Session, person: SignedIn, organization_id: str, handle: str, now: datetime
) -> None:
    """Delete text, reactions, conversations and share links; what was paid stays in the books."""
    compare_id = _whole(session, organization_id, handle)
    comparison = find.lock_comparison(session, compare_id) if compare_id is not None else None
    runs = _locked(session, handle, compare_id)
    role = rights.role_of(session, person.user_id, organization_id)
    if not may_delete(person, role, [each.user_id for each in runs]):
        raise rights.NotAllowed(
            "Only whoever started a run, or an admin, deletes it.",
            hint="Ask them, or an admin of this organization.",
        )
    _over(session, runs, comparison)
    run_ids = [each.id for each in runs]
    session.execute(delete(Run).where(Run.id.in_(run_ids)))
    if compare_id is not None:
        session.execute(delete(Comparison).where(Comparison.id == compare_id))
    facts = {"runs": run_ids}
    audit.record(
        session, organization_id, person.user_id, "run.deleted", compare_id or handle, facts, now
    )


def _whole(session: Session, organization_id: str, handle: str) -> str | None:
    """The comparison that is deleted, where a handle names one or a variant of one."""
    if handle.startswith("cmp_"):
        return _comparison(session, organization_id, handle).id
    return _run(session, organization_id, handle).comparison_id


def _locked(session: Session, handle: str, compare_id: str | None) -> Sequence[Run]:
    """The runs, held whole: nobody opens a conversation about them any more."""
    which = Run.id == handle if compare_id is None else Run.comparison_id == compare_id
    held = select(Run).where(which).order_by(Run.variant, Run.id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).all()


def _over(session: Session, runs: Sequence[Run], comparison: Comparison | None) -> None:
    """What still holds tokens is ended first: every hold meets its settle.

    A comparison whose runs all have their report holds them until it has its verdict.
    """
    unsettled = comparison is not None and comparison.completed_at is None
    if unsettled or any(each.status not in OVER for each in runs):
        raise Conflict("This is still running.", hint="Cancel it first, then delete it.")
    run_ids = [each.id for each in runs]
    threads = select(Thread.id).where(Thread.run_id.in_(run_ids)).with_for_update()
    open_turn = select(Turn.thread_id).where(
        Turn.thread_id.in_(session.scalars(threads).all()), Turn.status == "pending"
    )
    if session.scalar(open_turn.limit(1)) is not None:
        raise Conflict(
            "A question about it is still being answered.", hint="Wait a moment, then delete it."
        )


def _run(session: Session, organization_id: str, handle: str) -> Run:
    row = session.get(Run, handle) if ids.is_id("run", handle) else None
    if row is None or row.organization_id != organization_id:
        raise NotFound("There is no such run here.", hint="It may be deleted already.")
    return row


def _comparison(session: Session, organization_id: str, handle: str) -> Comparison:
    row = session.get(Comparison, handle) if ids.is_id("cmp", handle) else None
    if row is None or row.organization_id != organization_id:
        raise NotFound("There is no such comparison here.", hint="It may be deleted already.")
    return row
