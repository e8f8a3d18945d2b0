"""R14: a disk that is full, and a database that cannot be written: 503, and no restart afterwards.

A file's disk is full where the limit of the process says so (RLIMIT_FSIZE, which needs no right and
can be lifted from outside); the driver reports it as it reports any failed write. PostgreSQL answers
with the state it has for its own full disk, 53100, raised by a trigger of the real server.
"""

import os
import resource
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.conftest import POSTGRES
from tests.databases import DATABASES
from tests.prove.enduring import endured, pids
from tests.prove.machines import Fleet

AS_OTHERS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner")
FULL_AT = 4096  # no file grows beyond it, the log of the processes neither
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION no_room();
"""


@pytest.fixture(params=DATABASES)
def fleet(request, copies, tmp_path):
    """Root, who may write anything, is held to the rights of everybody else."""
    data = tmp_path / "data"
    data.mkdir()
    url = copies.fresh(request.param, data)
    is_bound = request.param == "sqlite" and os.geteuid() == 0
    with Fleet(url, tmp_path, under=AS_OTHERS if is_bound else ()) as running:
        yield running


def test_r14_a_full_disk_answers_503_and_recovers_without_a_restart(fleet, measured):
    endured(fleet, full)
    measured("R14", "troubles that ended without a restart or a wrong charge", 1)


def test_r14_a_database_that_cannot_be_written_answers_503_and_recovers_without_a_restart(
    fleet, measured
):
    endured(fleet, read_only, told_by_readyz)
    assert fleet.web.asked("/readyz")[0] == 200
    measured("R14", "troubles that ended without a restart or a wrong charge", 1)


def told_by_readyz(fleet, _key):
    status, told = fleet.web.asked("/readyz")
    assert (status, told["checks"]["database"]) == (503, "away")


@contextmanager
def full(fleet):
    if fleet.database_url.startswith("postgresql"):
        with owner(fleet) as cursor:
            for table in ("work", "ledger_entries"):
                cursor.execute(NO_ROOM.format(table).replace("no_room", f"no_room_{table}"))
            yield
            for table in ("work", "ledger_entries"):
                cursor.execute(f"DROP FUNCTION no_room_{table} CASCADE")
    else:
        for pid in pids(fleet):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL_AT, resource.RLIM_INFINITY))
        yield
        for pid in pids(fleet):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)


@contextmanager
def read_only(fleet):
    if fleet.database_url.startswith("postgresql"):
        with admin() as cursor:
            name = make_url(fleet.database_url).database
            cursor.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
            begin_anew(cursor, name)
            yield
            cursor.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    else:
        data = Path(make_url(fleet.database_url).database).parent
        allow(data, 0o400, 0o500)
        yield
        allow(data, 0o600, 0o700)


def begin_anew(cursor, name):
    """What is open stays as it was: every connection has to be made anew."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )


def allow(folder, files, itself):
    folder.chmod(0o700)
    for each in folder.iterdir():
        each.chmod(files)
    folder.chmod(itself)


@contextmanager
def admin(url=""):
    with psycopg.connect(url or os.environ[POSTGRES], autocommit=True) as connection:
        yield connection.cursor()


def owner(fleet):
    return admin(fleet.database_url)
