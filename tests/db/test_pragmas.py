"""Every connection to SQLite keeps the rules of decisions/0009, whoever opens it and for what."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.db import Database
from app.db.lane import _GLANCE_MS
from app.db.turns import BUSY_MS
from tests.databases import DATABASES

WAL, NORMAL = "wal", 1
KEPT = {"foreign_keys": 1, "journal_mode": WAL, "synchronous": NORMAL, "busy_timeout": BUSY_MS}
ORPHAN = "INSERT INTO answers (thread_id, turn, seat, answer, grounded) VALUES ('thr_none', 1, 1, 'a', true)"


@pytest.fixture
def database(copies, tmp_path):
    database = Database(copies.fresh("sqlite", tmp_path))
    yield database
    database.dispose()


def _told(ask) -> dict:
    return {name: ask(f"PRAGMA {name}") for name in KEPT}


def _of_a_session(session):
    return _told(lambda pragma: session.execute(text(pragma)).scalar())


def test_a_session_that_reads_keeps_them(database):
    with database.reading() as session:
        assert _of_a_session(session) == KEPT


def test_a_session_that_writes_keeps_them(database):
    with database.transaction() as session:
        assert _of_a_session(session) == KEPT


def test_a_connection_that_changes_tables_keeps_them(database):
    with database.connection() as connection:
        assert _of_a_session(connection) == KEPT


def test_the_lane_keeps_them_but_looks_only_for_a_moment_before_it_queues(database):
    told = _told(lambda pragma: database.lane.first(pragma, ())[0])
    assert told == {**KEPT, "busy_timeout": _GLANCE_MS}


def test_a_brief_transaction_keeps_them(database):
    with database.brief() as brief:
        told = _told(lambda pragma: brief.cursor().execute(pragma).fetchone()[0])
    assert told == {**KEPT, "busy_timeout": _GLANCE_MS}


@pytest.mark.parametrize("kind", DATABASES)
def test_neither_way_of_writing_leaves_a_row_without_what_it_belongs_to(copies, tmp_path, kind):
    database = Database(copies.fresh(kind, tmp_path))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(text(ORPHAN))
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.brief() as brief:
        brief.cursor().execute(ORPHAN)
    database.dispose()


def test_a_connection_that_was_probed_waits_as_long_as_before(database):
    database.probe(text("DELETE FROM request_rates"))
    for _ in range(database.engine.pool.checkedin()):
        with database.reading() as session:
            assert _of_a_session(session) == KEPT
