"""Transactions without a session: as whole, as patient and as lasting as those with one."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select

from app import bootstrap
from app.db import Brief, Change, DatabaseAway, Query, SessionNeeded, session_of
from app.db.durable import Durable
from app.kit import ids
from app.models.limits import RequestRate
from tests.factories import settings_for
from tests.together import together

WAIT_S = 30
TURN_S = 0.3

WRITE = Change(
    insert(RequestRate).values(
        name=bindparam("name"), subject=bindparam("subject"), due=bindparam("due")
    )
)
FIND = Query(
    select(RequestRate.due).where(RequestRate.subject == bindparam("subject")), lambda due: due
)


@contextmanager
def built(url, folder):
    services = bootstrap.build(settings_for(url, folder))
    bootstrap.check(services)
    yield services
    services.database.dispose()


@pytest.fixture
def services(database_url, tmp_path):
    with built(database_url, tmp_path) as services:
        yield services


@pytest.fixture
def on_sqlite(copies, tmp_path):
    with built(copies.fresh("sqlite", tmp_path), tmp_path) as services:
        yield services


@pytest.fixture
def on_postgresql(copies, tmp_path):
    with built(copies.fresh("postgresql", tmp_path), tmp_path) as services:
        yield services


def write(where, subject="one", due=1):
    return WRITE(where, name="test", subject=subject, due=due)


def found(services, subject="one"):
    return FIND.one(services.database, subject=subject)


def test_what_it_writes_is_there_when_it_is_over_and_not_before(services):
    with services.database.brief() as brief:
        assert write(brief) == 1
        assert FIND.one(brief, subject="one") == 1
        assert found(services) is None
    assert found(services) == 1


def test_whatever_is_raised_undoes_it_and_the_next_begins_anew(services):
    for _ in range(20):  # more than there are connections
        with suppress(ZeroDivisionError), services.database.brief() as brief:
            write(brief)
            assert 1 / 0
    assert found(services) is None
    with services.database.brief() as brief:
        write(brief)
    assert found(services) == 1


def test_what_needs_a_session_is_undone_and_done_again_with_one(services):
    seen = []

    def act(where):
        seen.append(type(where))
        write(where)
        return session_of(where)

    assert services.briefly(act) is not None
    assert len(seen) == 2
    assert seen[0] is Brief
    assert found(services) == 1


def test_without_a_session_there_is_none(services):
    with pytest.raises(SessionNeeded), services.database.brief() as brief:
        session_of(brief)


def test_as_many_as_there_may_be_can_each_ask_singly_within(services):
    def act(where):
        write(where, ids.new("t"))
        return found(services)

    assert together(24, lambda _: services.briefly(act)) == [None] * 24


def test_an_error_of_the_database_is_told_as_itself_and_undone(services):
    other = services.database.engine.dialect.loaded_dbapi.IntegrityError
    with pytest.raises(other):
        services.briefly(lambda where: (write(where), write(where)))
    assert found(services) is None


def test_writers_with_and_without_a_session_lose_nothing_to_each_other(services):
    def once(number):
        if number % 2:
            with services.database.transaction() as session:
                write(session, f"{number}")
        else:
            with services.database.brief() as brief:
                write(brief, f"{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(once, range(80)))
    assert [found(services, f"{number}") for number in range(80)] == [1] * 80


def test_it_is_synced_after_its_commit_and_never_when_undone(on_sqlite):
    seen = []
    on_sqlite.database._durable = Durable(lambda: seen.append(found(on_sqlite)))
    with suppress(ZeroDivisionError), on_sqlite.database.brief() as brief:
        write(brief)
        assert 1 / 0
    with on_sqlite.database.brief() as brief:
        write(brief)
    assert seen == [1]


def test_a_disk_that_does_not_confirm_is_told_as_such(on_sqlite):
    def broken():
        raise OSError(5, "Input/output error")

    on_sqlite.database._durable = Durable(broken)
    with pytest.raises(DatabaseAway, match="cannot be promised"):
        on_sqlite.briefly(write)


def test_whoever_writes_without_a_queue_is_waited_for(on_sqlite):
    other = sqlite3.connect(on_sqlite.database.url.database, isolation_level=None)

    def once():
        with on_sqlite.database.brief() as brief:
            write(brief)

    with ThreadPoolExecutor(1) as pool, closing(other):
        other.execute("BEGIN IMMEDIATE")
        writing = pool.submit(once)
        assert not wait([writing], TURN_S).done
        other.execute("COMMIT")
        writing.result(WAIT_S)
    assert found(on_sqlite) == 1


def test_a_connection_the_server_closed_is_replaced(on_postgresql):
    write_and_check(on_postgresql, "before")
    url = on_postgresql.database.url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as boss:
        boss.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [on_postgresql.database.url.database],
        )
    write_and_check(on_postgresql, "after")


def write_and_check(services, subject):
    with services.database.brief() as brief:
        write(brief, subject)
    assert found(services, subject) == 1
