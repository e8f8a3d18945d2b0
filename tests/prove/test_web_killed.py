"""Web processes are killed while agents start runs: who repeats a key gets one run, paid once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.db import Database
from app.models.runs import Run
from tests import invariants
from tests.databases import DATABASES
from tests.prove.books import charged_wrongly, is_all_done, watched
from tests.prove.killing import insist, killing, web_of
from tests.rounds import rounds
from tests.served import Served
from tests.waiting import until

AGENTS, STARTS, KILLS = 4, rounds(200), rounds(50)
PERSONAS = 10
THERE_WITHIN_S = 90


@pytest.fixture(params=DATABASES)
def victim(request, copies, tmp_path):
    with Served(copies.fresh(request.param, tmp_path), tmp_path) as served:
        yield served


def test_r2_starts_repeated_over_killed_web_processes_are_one_run_each(victim, measured):
    started = {}
    with (
        watched(victim.environment["POLIS_DATABASE_URL"]),
        killing(
            KILLS,
            lambda number: len(started) >= number * STARTS // KILLS,
            lambda number: victims_of(victim, number),
        ),
        ThreadPoolExecutor(AGENTS) as agents,
    ):
        list(agents.map(lambda n: started.update({n: start(victim, n)}), range(STARTS)))
    assert [start(victim, number) for number in range(5)] == [started[n] for n in range(5)]
    measured("R2", "kill -9 of processes", KILLS)
    wrong = check_books(victim, set(started.values()))
    measured("R2", "charges that are double or lost", len(wrong))
    assert wrong == []


def start(served, number):
    """Start one run, and again with the same key until somebody answers."""
    arguments = {
        "content_type": "text", "content": f"Hello {number}", "persona_count": PERSONAS,
        "detail": "snapshot", "idempotency_key": f"start {number}",
    }  # fmt: skip
    return insist(served, lambda: served.call("polis_test", arguments)["run_id"])


def victims_of(served, number):
    """A web process; every tenth time their master."""
    return served.children("gunicorn") if number % 10 == 9 else web_of(served)


def check_books(served, started):
    database = Database(served.environment["POLIS_DATABASE_URL"])
    until(lambda: is_all_done(database), within_s=THERE_WITHIN_S)
    invariants.check(database)
    with database.reading() as session:
        kept = dict(session.execute(select(Run.id, Run.status)).all())
    assert kept == dict.fromkeys(started, "complete")
    assert len(kept) == STARTS
    wrong = charged_wrongly(database)
    database.dispose()
    return wrong
