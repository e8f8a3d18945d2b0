"""A worker that is killed loses nothing: its runs complete or are refunded, and nobody pays twice."""

import os
import signal
import time
from datetime import datetime

import pytest
from sqlalchemy import func, select

from app import outbox
from app.db import Database
from app.domain.runs.outcome import OVER
from app.kit import clock
from app.models.billing import Balance, LedgerEntry
from app.models.runs import Run, StoredReaction
from app.models.work import Work
from tests import invariants
from tests.databases import DATABASES
from tests.prove.books import watched
from tests.rounds import rounds
from tests.served import Served
from tests.waiting import until

RUNS, PERSONAS = rounds(20), 500
KILLS = rounds(10)
WITHIN_S = 90  # of the worker's return
TEXT = "We cut our build from 40 minutes to 4. It took one change, and it is free for small teams."


@pytest.fixture(params=DATABASES)
def victim(request, copies, tmp_path):
    """An installation of its own, with a lease's patience and nobody else's load."""
    with Served(copies.fresh(request.param, tmp_path), tmp_path) as served:
        yield served


def test_r3_runs_of_killed_workers_complete_or_are_refunded(victim, measured):
    key = victim.demo["api_key"]
    victim.polis("grant", "--email", victim.demo["email"], "--tokens", "100000")
    runs = [_start(victim, key, number) for number in range(max(RUNS, 5))]
    database = Database(victim.environment["POLIS_DATABASE_URL"])
    with watched(victim.environment["POLIS_DATABASE_URL"]):
        for _ in range(max(KILLS, 2)):
            _kill_workers_at_work(victim, database)
        killed_at = time.monotonic()
        until(
            lambda: all(_status(victim, key, run)["done"] for run in runs),
            within_s=killed_at + WITHIN_S - time.monotonic(),
        )
        took = time.monotonic() - killed_at
    _check_books(database, runs)
    measured("R2", "kill -9 of processes", max(KILLS, 2))
    measured("R3", "seconds from the last kill to the end of every run", round(took, 1))


def _start(served: Served, key: str, number: int) -> str:
    answer = served.call(
        "polis_test",
        {"content_type": "text", "content": f"{TEXT} ({number})", "persona_count": PERSONAS, "detail": "deep"},
        key,
    )  # fmt: skip
    return str(answer["run_id"])


def _kill_workers_at_work(served: Served, database: Database) -> None:
    """Wait until somebody holds work, and kill every worker in the middle of it."""
    since = clock.now()
    until(lambda: _taken(database, since))
    pids = served.children("worker")
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def _taken(database: Database, since: datetime) -> bool:
    """Whether somebody took or renewed a lease since: the dead do neither."""
    with database.reading() as session:
        held = Work.ended_at.is_(None), Work.lease_until > since + outbox.LEASE
        return session.scalar(select(func.count()).where(*held)) > 0


def _status(served: Served, key: str, run_id: str) -> dict:
    return served.call("polis_status", {"run_id": run_id}, key)


def _check_books(database: Database, runs: list[str]) -> None:
    invariants.check(database)
    with database.reading() as session:
        for run_id in runs:
            run = session.get_one(Run, run_id)
            assert run.status in OVER
            charged = _sum(session, f"run:{run_id}", "charge")
            held, released = (_sum(session, f"run:{run_id}", kind) for kind in ("hold", "release"))
            assert held == -run.tokens == -released, "every hold meets one release"
            reactions = session.scalar(
                select(func.count())
                .select_from(StoredReaction)
                .where(StoredReaction.run_id == run_id)
            )
            if run.status == "complete":
                assert (-charged, run.personas_done, reactions) == (run.tokens, PERSONAS, PERSONAS)
            else:
                assert (charged, run.refunded_tokens, reactions) == (0, run.tokens, 0)
        assert session.scalar(select(func.sum(Balance.held))) == 0
        assert session.scalar(select(func.count()).where(Work.ended_at.is_(None))) == 0
    database.dispose()


def _sum(session, cause: str, kind: str) -> int:
    statement = select(func.coalesce(func.sum(LedgerEntry.tokens), 0))
    return int(
        session.scalar(statement.where(LedgerEntry.cause == cause, LedgerEntry.kind == kind))
    )
