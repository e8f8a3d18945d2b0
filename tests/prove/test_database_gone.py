"""R14: PostgreSQL stops and starts again under everybody: 503 meanwhile, nothing lost, no restart."""

from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app import migrations
from app.db import Database
from tests.databases import Postgres
from tests.prove.enduring import BEFORE, endured, start
from tests.prove.load import under_load
from tests.prove.machines import Fleet
from tests.rounds import rounds
from tests.waiting import until

TELLS_WITHIN_S = 5  # R15
EACH_SECOND = 20
REQUESTS = EACH_SECOND * rounds(10)  # while it is away: ten seconds long, and one of them every day


class Stoppable(Postgres):
    """A server of this test's own, at the same address after every start."""

    def fresh(self) -> str:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE polis")
        url = self.url.replace("/postgres?", "/polis?")
        database = Database(url)
        migrations.upgrade(database)
        database.dispose()
        return url

    def halt(self) -> None:
        self._server.stop()

    def begin(self) -> None:
        with self._server._lock:
            self._server.ensure_postgres_running()


@pytest.fixture(scope="module")
def server():
    running = Stoppable()
    yield running
    running.begin()
    running.stop()


@pytest.fixture(scope="module")
def fleet(server, tmp_path_factory) -> Fleet:
    folder: Path = tmp_path_factory.mktemp("gone")
    with Fleet(server.fresh(), folder) as running:
        yield running


def test_r14_a_postgresql_gone_for_ten_seconds_is_503_and_loses_nothing(fleet, server, measured):
    @contextmanager
    def gone(_fleet):
        server.halt()
        try:
            yield
        finally:
            server.begin()

    def meanwhile(its, key):
        until(lambda: readiness(its) == (503, "away"), within_s=TELLS_WITHIN_S)
        with under_load(lambda _: start(its.web, key, BEFORE), EACH_SECOND) as load:
            load.after(REQUESTS)
        assert (load.failed, set(load.answered)) == ([], {None})

    endured(fleet, gone, meanwhile)
    until(lambda: readiness(fleet) == (200, "ok"), within_s=TELLS_WITHIN_S)
    measured("R14", "seconds PostgreSQL was gone at 20 requests a second", REQUESTS // EACH_SECOND)
    measured("R14", "troubles that ended without a restart or a wrong charge", 1)


def readiness(fleet):
    status, told = fleet.web.asked("/readyz")
    return status, told["checks"]["database"]
