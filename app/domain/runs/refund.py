"""A run or comparison the operator gives back whole: its tokens return, and its report goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain import audit, refunds
from app.domain.runs import announce, find, pausing
from app.domain.runs.outcome import OVER, empty
from app.domain.runs.start import cause_of
from app.domain.wallets import Wallet
from app.errors import Conflict, NotFound
from app.kit import ids
from app.models.runs import Comparison, Run
from app.models.threads import Thread, Turn

_WORDS = "The operator of this installation gave its tokens back."


class Refunded(NamedTuple):
    """What was given back, and whose it is."""

    handle: str  # of the run, or of the comparison it is a variant of
    organization_id: str
    tokens: int


def refund(session: Session, handle: str, now: datetime) -> Refunded:
    """Give back all that a finished run was charged; a variant stands for its comparison."""
    runs, handle = _held(session, handle)
    first = runs[0]
    _refuse(session, runs)
    wallet = Wallet(first.organization_id, first.book, first.mode)
    tokens = refunds.refund(session, wallet, cause_of(handle), now)
    if not tokens:
        raise Conflict(f"{handle} was charged nothing, or was refunded before.")
    for run in runs:
        _empty(session, run, now)
    if handle != first.id:
        comparison = session.get_one(Comparison, handle)
        comparison.status, comparison.result = "failed", None
    facts = {"tokens": tokens}
    by, chain = audit.OPERATOR, first.organization_id
    audit.record(session, chain, by, "run.refunded", handle, facts, now)
    return Refunded(handle, chain, tokens)


def _held(session: Session, handle: str) -> tuple[Sequence[Run], str]:
    """The runs of one charge, locked, and the handle it is charged to."""
    compare_id = handle if ids.is_id("cmp", handle) else None
    if compare_id is None:
        run = find.lock_run(session, handle) if ids.is_id("run", handle) else None
        if run is not None and run.comparison_id is None:
            return [run], run.id
        compare_id = run.comparison_id if run is not None else None
    if compare_id is not None and session.get(Comparison, compare_id) is not None:
        find.lock_comparison(session, compare_id)  # before its runs, as whatever ends one does
        runs = find.lock_variants(session, compare_id)
        if runs:
            return runs, compare_id
    raise NotFound(f"There is no run {handle}.", hint="Give its id: run_… or cmp_….")


def _refuse(session: Session, runs: Sequence[Run]) -> None:
    if any(run.status not in OVER for run in runs):
        raise Conflict("It has not ended yet.", hint="Wait for it, or have it cancelled.")
    asked = Thread.run_id.in_([run.id for run in runs]), Turn.thread_id == Thread.id
    if session.scalar(select(exists().where(*asked, Turn.status == "pending"))):
        raise Conflict("A question about it is being answered.", hint="Try again in a minute.")


def _empty(session: Session, run: Run, now: datetime) -> None:
    """As one that failed before its report."""
    run.refunded_tokens = run.tokens
    empty(session, run, pausing.REFUNDED, _WORDS)
    announce.ended(session, run, now)
