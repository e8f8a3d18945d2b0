"""R12: backed up while agents write, restored into an empty place: the books hold, nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select

from app.models.billing import Balance
from app.models.runs import Run
from tests import invariants
from tests.databases import DATABASES
from tests.fakes import work_off
from tests.flows import keeping
from tests.rounds import rounds
from tests.served import Served

AGENTS, COPIES = 4, rounds(20)


@pytest.fixture(params=DATABASES)
def busy(request, copies, tmp_path):
    kept = keeping.fresh(copies, request.param, tmp_path / "here")
    with Served(kept.url, kept.folder) as served:
        yield kept, served


def test_r12_a_backup_under_write_load_restores_with_every_balance_the_sum_of_its_entries(
    busy, copies, tmp_path, measured
):
    kept, served = busy
    begun, over = Event(), Event()
    served.polis("grant", "--email", served.demo["email"], "--tokens", "1000000")
    with ThreadPoolExecutor(AGENTS) as agents:
        working = [agents.submit(start_until, served, begun, over) for _ in range(AGENTS)]
        try:
            assert begun.wait(60)
            files = [copied(kept, number) for number in range(COPIES)]
        finally:
            over.set()
        started = [run for agent in working for run in agent.result()]
    counts = [restored(copies, kept.kind, tmp_path / f"there{n}", f) for n, f in enumerate(files)]
    measured("R12", "copies under write load, restored with every balance its sum", len(counts))
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= len(started)


def start_until(served, begun, over):
    """Start runs until the last copy is made; gives their ids."""
    started = []
    while not over.is_set():
        arguments = {
            "content_type": "text", "content": "Hello", "persona_count": 10, "detail": "snapshot",
        }  # fmt: skip
        started.append(served.call("polis_test", arguments, served.demo["api_key"])["run_id"])
        begun.set()
    return started


def copied(kept, number):
    file = kept.folder / f"{number}.backup"
    kept.facts("backup", str(file))
    return file


def restored(copies, kind, folder, file):
    """How many runs a copy has; those that were under way are finished, and nothing stays held."""
    there = keeping.empty(copies, kind, folder)
    told = there.facts("restore", str(file), "--verify")
    assert told["sound"], json.dumps(told)
    services = there.services()
    invariants.check(services.database)
    work_off(services)
    invariants.check(services.database)
    with services.database.reading() as session:
        assert session.scalar(select(func.sum(Balance.held))) == 0
        runs = session.scalar(select(func.count()).select_from(Run))
        assert session.scalar(select(func.count()).where(Run.status == "complete")) == runs
    services.database.dispose()
    return runs
