"""R15: `/readyz` names each part that is broken within five seconds, and is well again with it."""

from datetime import timedelta

import pytest
from sqlalchemy import BigInteger, text, type_coerce, update

from app import migrations
from app.db import Database
from app.models.work import InstallationFact, WorkerBeat
from app.outbox import SILENCE
from tests.databases import DATABASES
from tests.prove.machines import Fleet
from tests.prove.test_database_gone import fleet as gone
from tests.prove.test_database_gone import server
from tests.waiting import until

__all__ = ["gone", "server"]

WITHIN_S = 5


@pytest.fixture(scope="module", params=DATABASES)
def fleet(request, copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("truth")
    with Fleet(copies.fresh(request.param, folder), folder) as running:
        yield running


@pytest.fixture
def database(fleet):
    its = Database(fleet.database_url)
    yield its
    its.dispose()


def told(fleet, **broken):
    """Within five seconds this and nothing else is wrong, and the process answers all the while."""

    def is_told():
        status, answer = fleet.web.asked("/readyz")
        found = {name: said for name, said in answer["checks"].items() if said != "ok"}
        well = (status, answer["status"]) == ((503, "unavailable") if broken else (200, "ok"))
        return well and found.keys() == broken.keys() and all(broken[n] in found[n] for n in found)

    until(is_told, lambda: fleet.web.asked("/readyz"), WITHIN_S)
    assert fleet.web.asked("/healthz") == (200, {"status": "ok"})


def test_r15_a_schema_that_is_behind_is_told_until_it_is_migrated(fleet, database, measured):
    told(fleet)
    migrations.downgrade(database, "-1")
    told(fleet, migrations="polis migrate")
    migrations.upgrade(database)
    told(fleet)
    measured("R15", "broken parts told within 5 seconds", 1)


def test_a_release_starts_and_is_ready_where_the_next_one_brought_the_schema_further(
    fleet, database
):
    (worker,) = fleet.workers
    head = stamped(database, "9999", before="another")
    try:
        told(fleet, migrations="polis migrate")
        stamped(database, "9999", before=head)
        told(fleet)
        assert worker.stop() == 0
        worker.start()
        told(fleet)
        assert fleet.polis("migrate", "--json") == {"at_head": False}
    finally:
        stamped(database, head)
    told(fleet)


def stamped(database, revision, *, before=""):
    """Say which revision the schema has, and had before; gives the one it had."""
    with database.transaction() as session:
        had = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
        session.merge(InstallationFact(name="schema_before", value=before))
    return had


def test_r15_a_worker_that_stopped_is_told_at_once(fleet, measured):
    (worker,) = fleet.workers
    assert worker.stop() == 0
    told(fleet, worker="polis worker")
    worker.start()
    told(fleet)
    measured("R15", "broken parts told within 5 seconds", 1)


def test_r15_a_worker_that_died_is_told_after_its_minute_of_silence(fleet, database, measured):
    (worker,) = fleet.workers
    worker.kill()
    told(fleet)
    silence = (SILENCE + timedelta(seconds=1)) // timedelta(milliseconds=1)
    earlier = {"seen_at": type_coerce(WorkerBeat.seen_at, BigInteger) - silence}
    with database.transaction() as session:
        session.execute(update(WorkerBeat).values(earlier))
    told(fleet, worker="polis worker")
    worker.start()
    told(fleet)
    measured("R15", "broken parts told within 5 seconds", 1)


def test_r15_a_database_that_is_gone_is_told_as_away(gone, server, measured):
    told(gone)
    server.halt()
    told(gone, database="away", migrations="away", worker="away")
    server.begin()
    told(gone)
    measured("R15", "broken parts told within 5 seconds", 1)
