"""R16: the clock of a machine is put right while its processes run, by an hour, both ways.

Our code reads the time of day in one place, and there these processes read what they are told;
how long something took is told by a clock that nobody can put right.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.kit import clock
from app.models.work import WorkerBeat
from tests import invariants
from tests.databases import DATABASES
from tests.prove.books import charged_wrongly, holds_work
from tests.prove.machines import Fleet, done
from tests.tools.installation import HELLO
from tests.waiting import until

HOUR = 3_600
RUN = {**HELLO, "detail": "snapshot"}
LONG = {**HELLO, "persona_count": 500}


class Clocked(Fleet):
    """Machines whose clocks show what they are told."""

    def __init__(self, database_url, folder, **settings):
        self._told = folder / "clock"
        self.show(0)
        told = f"TURNED_CLOCK={self._told}", f"PYTHONPATH={Path(__file__).parent / 'turned'}"
        super().__init__(database_url, folder, under=("env", *told), **settings)

    def show(self, ahead):
        """So many seconds ahead of everybody else's, from now on."""
        new = self._told.with_suffix(".new")
        new.write_text(str(ahead))
        new.replace(self._told)


@pytest.fixture(params=DATABASES)
def fleet(request, copies, tmp_path):
    with Clocked(copies.fresh(request.param, tmp_path), tmp_path, workers=2) as running:
        yield running


@pytest.fixture
def database(fleet):
    its = Database(fleet.database_url)
    yield its
    invariants.check(its)
    assert charged_wrongly(its) == []
    its.dispose()


@pytest.mark.parametrize("there", [HOUR, -HOUR], ids=["ahead", "behind"])
def test_r16_runs_go_on_while_the_clock_jumps_there_and_back(fleet, database, there, measured):
    key = fleet.buyer(50_000)
    for ahead in (there, 0):
        runs = [fleet.web.call("polis_test", RUN, key)["run_id"] for _ in range(3)]
        runs.append(fleet.web.call("polis_test", LONG, key)["run_id"])
        fleet.show(ahead)
        runs += [fleet.web.call("polis_test", RUN, key)["run_id"] for _ in range(3)]
        assert {done(fleet.web, key, each)["status"] for each in runs} == {"complete"}
        until(lambda: fleet.web.asked("/readyz")[0] == 200)
        measured("R16", "jumps of a running machine's clock by an hour", 1)


def test_r16_what_a_worker_held_when_it_died_by_a_clock_ahead_is_taken_up_in_time(fleet, database):
    key, (dying, other) = fleet.buyer(50_000), fleet.workers
    other.stop()
    fleet.show(HOUR)
    until(lambda: beats_ahead(database))
    run = fleet.web.call("polis_test", LONG, key)["run_id"]
    until(partial(holds_work, database, dying.pid))
    dying.kill()
    fleet.show(0)
    other.start()
    assert done(fleet.web, key, run)["status"] == "complete"


def beats_ahead(database):
    """Whether a worker was heard of by a clock that is ahead of ours."""
    with database.reading() as session:
        latest = session.scalar(select(func.max(WorkerBeat.seen_at)))
    return latest > clock.now() + timedelta(minutes=30)
