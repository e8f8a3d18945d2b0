"""R7: a machine told to stop answers what it heard, ends within 30 s, and no run is lost."""

import urllib.error
from functools import partial

import pytest

from app.db import Database
from tests import invariants
from tests.databases import DATABASES
from tests.prove.books import holds_work, moved, watched
from tests.prove.load import under_load
from tests.prove.machines import Fleet, done
from tests.rounds import rounds
from tests.tools.installation import HELLO
from tests.waiting import until

RUN = {**HELLO, "detail": "snapshot"}
LONG = {**HELLO, "persona_count": 1_000, "detail": "deep"}
READS = (("polis_account", {}), ("polis_runs", {}), ("polis_estimate", RUN))


@pytest.fixture(params=DATABASES)
def fleet(request, copies, tmp_path):
    url = copies.fresh(request.param, tmp_path)
    with Fleet(url, tmp_path) as running:
        yield running
    database = Database(url)
    invariants.check(database)
    database.dispose()


def test_r7_a_web_stopped_at_50_requests_a_second_fails_none_of_them(fleet, measured):
    key, started = fleet.buyer(50_000), []

    def request(number):
        if number % 5 == 4:
            started.append(answered(fleet.web, "polis_test", RUN, key)["run_id"])
        else:
            answered(fleet.web, *READS[number % 3], key)

    with under_load(request) as load:
        load.after(rounds(500))
        assert fleet.web.stop() == 0
        until(lambda: load.turned_away)
    fleet.web.start()
    ended = [done(fleet.web, key, each)["status"] for each in started]
    lost = [each for each in ended if each != "complete"]
    measured("R7", "requests answered before a stop at 50 a second", len(load.answered))
    measured("R7", "requests failed and runs lost", len(load.failed) + len(lost))
    assert (load.failed, lost, len(load.answered) >= rounds(500)) == ([], [], True)
    assert ended


def test_r7_a_worker_stopped_in_the_middle_gives_its_run_back(fleet, measured):
    key, database = fleet.buyer(5_000), Database(fleet.database_url)
    (worker,) = fleet.workers
    with watched(fleet.database_url):
        run = fleet.web.call("polis_test", LONG, key)
        until(partial(holds_work, database, worker.pid))
        assert worker.stop() == 0
        worker.start()
        state, price = done(fleet.web, key, run["run_id"]), run["tokens_charged"]
    measured("R7", "requests failed and runs lost", int(state["status"] != "complete"))
    assert (state["status"], state["reactions_done"]) == ("complete", 1_000)
    assert moved(database, run["run_id"]) == (-price, price, -price)
    database.dispose()


def answered(web, tool, arguments, key):
    """A refused connection is told as what it is."""
    try:
        return web.call(tool, arguments, key)
    except urllib.error.URLError as error:
        if isinstance(error.reason, ConnectionRefusedError):
            raise error.reason from None
        raise
