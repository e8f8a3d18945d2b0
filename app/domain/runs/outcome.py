"""Ends runs and comparisons and settles their holds: every hold meets exactly one settle."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain import ledger, plans
from app.domain.callers import Caller
from app.domain.pages.page import PICTURE
from app.domain.panel.shapes import Json
from app.domain.runs import announce, find, pausing
from app.domain.runs.start import cause_of
from app.domain.wallets import Wallet
from app.models.runs import Run, StoredReaction

OVER = ("complete", "failed", "cancelled")


def settle_run(session: Session, run: Run, now: datetime) -> None:
    """Charge what a finished run delivered and give the rest back."""
    _forget_picture(run)
    run.refunded_tokens = _settle(session, cause_of(run.id), [run], now)
    announce.ended(session, run, now)


def settle_comparison(session: Session, compare_id: str, runs: Sequence[Run], now: datetime) -> int:
    """Charge what a comparison's runs delivered together; gives the tokens given back."""
    for run in runs:
        _forget_picture(run)
        run.refunded_tokens = run.tokens - delivered(run)
        announce.ended(session, run, now)
    return _settle(session, cause_of(compare_id), runs, now)


def conclude(session: Session, compare_id: str, result: Json, now: datetime) -> None:
    """Keep a comparison's result and settle it; concluding twice changes nothing."""
    comparison = find.open_comparison(session, compare_id)
    runs = find.lock_variants(session, compare_id)
    if comparison is None or not runs:  # an erased organization's runs go before the rest of it
        return
    comparison.result, comparison.completed_at, comparison.status = result, now, "complete"
    settle_comparison(session, compare_id, runs, now)


def fail_comparison(
    session: Session, compare_id: str, code: str, message: str, now: datetime
) -> None:
    """One variant without a report leaves nothing to compare: all are refunded."""
    comparison = find.open_comparison(session, compare_id)
    runs = find.lock_variants(session, compare_id)
    if comparison is None or not runs:
        return
    comparison.completed_at, comparison.status = now, "failed"
    for run in runs:
        run.completed_at = now
        empty(session, run, code, message)
    settle_comparison(session, compare_id, runs, now)
    begun = max(runs, key=lambda run: run.personas_done)
    pausing.after_failure(session, begun, now)


def empty(session: Session, run: Run, code: str, message: str) -> None:
    """A run that failed: nothing that is not paid for is left to be seen of it."""
    session.execute(delete(StoredReaction).where(StoredReaction.run_id == run.id))
    run.synthesis = run.room = run.result_digest = None
    run.status, run.failure_code, run.failure_message = "failed", code, message
    session.flush()


def cancel(session: Session, caller: Caller, handle: str, now: datetime) -> tuple[str, int]:
    """Stop a run or comparison; gives its status and the tokens that came back, again and again.

    What was processed stays paid and readable. What is over stays as it ended.
    """
    compare_id = handle if handle.startswith("cmp_") else None
    found = find.runs_of(session, caller, handle)
    if compare_id is None and found[0].comparison_id is not None:
        compare_id = found[0].comparison_id  # one hold, one outcome: its variants stop together
    if compare_id is not None:
        return _cancel_comparison(session, compare_id, now)
    run = session.get_one(Run, found[0].id, with_for_update=True, populate_existing=True)
    if run.status not in OVER:
        run.status, run.completed_at = "cancelled", now
        settle_run(session, run, now)
    return run.status, run.refunded_tokens


def delivered(run: Run) -> int:
    """The price of what a run delivered; a failed one delivered nothing."""
    if run.status == "failed":
        return 0
    visual = run.url_mode == "visual"
    return plans.tokens_for(run.personas_done, run.detail, visual=visual)


def _forget_picture(run: Run) -> None:
    """Nobody looks at a page again once the run is over; rows of lists stay small."""
    found = run.page or {}
    if PICTURE in found:
        run.page = {name: value for name, value in found.items() if name != PICTURE}


def _cancel_comparison(session: Session, compare_id: str, now: datetime) -> tuple[str, int]:
    comparison = find.lock_comparison(session, compare_id)
    runs = find.lock_variants(session, compare_id)
    if comparison.completed_at is None:
        comparison.completed_at, comparison.status = now, "cancelled"
        for run in runs:
            if run.status not in OVER:  # a variant that has its report keeps it
                run.status, run.completed_at = "cancelled", now
        session.flush()
        settle_comparison(session, compare_id, runs, now)
    return comparison.status, sum(run.refunded_tokens for run in runs)


def _settle(session: Session, cause: str, runs: Sequence[Run], now: datetime) -> int:
    first = runs[0]
    wallet = Wallet(first.organization_id, first.book, first.mode)
    spent = sum(delivered(run) for run in runs)
    return ledger.settle(session, wallet, cause=cause, delivered=spent, now=now)
