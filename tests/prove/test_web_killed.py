"""Web processes are killed while agents start runs: who repeats a key gets one run, paid once."""

import http.client
import os
import signal
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models.billing import LedgerEntry
from app.models.runs import Run
from tests import invariants
from tests.databases import DATABASES
from tests.prove.books import watched
from tests.rounds import rounds
from tests.served import Served

AGENTS, STARTS, KILLS = 4, rounds(200), rounds(50)
PERSONAS = 10
ANSWERED_WITHIN_S = 60
BROKEN = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


@pytest.fixture(params=DATABASES)
def victim(request, copies, tmp_path):
    with Served(copies.fresh(request.param, tmp_path), tmp_path) as served:
        yield served


def test_starts_repeated_over_killed_web_processes_are_one_run_each(victim):
    started, over, killed = {}, Event(), []
    killer = Thread(target=kill_again_and_again, args=(victim, started, over, killed))
    killer.start()
    try:
        with (
            watched(victim.environment["POLIS_DATABASE_URL"]),
            ThreadPoolExecutor(AGENTS) as agents,
        ):
            list(agents.map(lambda n: started.update({n: start(victim, n)}), range(STARTS)))
    finally:
        over.set()
        killer.join()
    assert len(killed) >= KILLS
    assert [start(victim, number) for number in range(5)] == [started[n] for n in range(5)]
    check_books(victim, set(started.values()))


def start(served, number):
    """Start one run, and again with the same key until somebody answers."""
    arguments = {
        "content_type": "text", "content": f"Hello {number}", "persona_count": PERSONAS,
        "detail": "snapshot", "idempotency_key": f"start {number}",
    }  # fmt: skip
    pause, ends = Event(), time.monotonic() + ANSWERED_WITHIN_S
    while True:
        try:
            return served.call("polis_test", arguments)["run_id"]
        except BROKEN:
            assert time.monotonic() < ends, served.log[-2000:]
            pause.wait(0.05)


def kill_again_and_again(served, started, over, killed):
    """Kill a web process whenever a few more runs were started; every tenth time, their master."""
    for number in range(KILLS):
        while len(started) < number * STARTS // KILLS and not over.wait(0.01):
            pass
        while not sum(kill(pid, killed) for pid in victims_of(served, number)):
            over.wait(0.01)  # those that were killed before are not back yet


def victims_of(served, number):
    masters = served.children("gunicorn")
    return masters if number % 10 == 9 else [p for m in masters for p in children_of(m)]


def kill(pid, killed):
    """Whether it was there to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False  # it died of the one before
    killed.append(pid)
    return True


def children_of(parent):
    """Processes whose parent this is."""
    try:
        tasks = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(pid) for pid in tasks.split()]


def check_books(served, started):
    database = Database(served.environment["POLIS_DATABASE_URL"])
    invariants.check(database)
    with database.reading() as session:
        kept = set(session.scalars(select(Run.id)))
        holds = select(func.count()).where(LedgerEntry.kind == "hold")
        assert session.scalar(holds) == len(kept) == STARTS
    assert kept == started
    database.dispose()
