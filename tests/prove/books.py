"""Looks after the books while others kill, buy and spend."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import func, select

from app.db import Database
from app.models.billing import Balance, LedgerEntry
from app.models.runs import Run
from app.models.work import Work
from tests import invariants

EVERY_S = 1.0


@contextmanager
def watched(database_url: str) -> Iterator[None]:
    """Every second of the block every balance is the sum of its entries, in one snapshot."""
    database, over, seen, wrong = Database(database_url), Event(), [], []

    def look() -> None:
        while True:
            try:
                invariants.check(database)
            except AssertionError as broken:
                wrong.append(broken)
                return
            seen.append(1)
            if over.wait(EVERY_S):
                return

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        database.dispose()
    assert wrong == []
    assert seen


def holds_work(database: Database, pid: int) -> bool:
    """Whether a worker process has taken work that has not ended."""
    mine = Work.owner.like(f"%:{pid}:%"), Work.ended_at.is_(None)
    with database.reading() as session:
        return bool(session.scalar(select(func.count()).where(*mine)))


def charged_wrongly(database: Database) -> list[str]:
    """Runs that were not charged what they delivered, once, and charges of no run at all."""
    paid = select(LedgerEntry.cause, func.sum(LedgerEntry.tokens), func.count()).group_by(
        LedgerEntry.cause, LedgerEntry.bucket
    )
    with database.reading() as session:
        runs = session.scalars(select(Run)).all()
        entries = session.execute(paid.where(LedgerEntry.kind == "charge")).all()
    due = {f"run:{run.id}": run.tokens - run.refunded_tokens for run in runs}
    found = dict.fromkeys(due, 0)
    for cause, tokens, _ in entries:
        found[cause] = found.get(cause, 0) - int(tokens)
    twice = {cause for cause, _, count in entries if count > 1}
    return sorted(twice | {cause for cause in found if found[cause] != due.get(cause)})


def is_all_done(database: Database) -> bool:
    """Whether no work is open and nothing is held."""
    with database.reading() as session:
        open_ = session.scalar(select(func.count()).where(Work.ended_at.is_(None)))
        return not open_ and not session.scalar(select(func.sum(Balance.held)))


def moved(database: Database, run_id: str) -> tuple[int, int, int]:
    """The tokens a run held, released and was charged."""
    sums = select(LedgerEntry.kind, func.sum(LedgerEntry.tokens)).group_by(LedgerEntry.kind)
    with database.reading() as session:
        mine = session.execute(sums.where(LedgerEntry.cause == f"run:{run_id}"))
        found = {kind: int(tokens) for kind, tokens in mine}
    return found.get("hold", 0), found.get("release", 0), found.get("charge", 0)
