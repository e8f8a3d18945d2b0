"""Writers of one SQLite file queue for their turn, in a process and over processes."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress

import pytest
from sqlalchemy import text

from app.db import Database
from app.db.turns import Turns, in_turn
from tests.served import ROOT

WAIT_S = 30
NO_TURN_S = 0.2

DIES_WRITING = """
import sys
from sqlalchemy import text
from app.db import Database

with Database(sys.argv[1]).transaction() as session:
    session.execute(text("INSERT INTO made VALUES (1)"))
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'polis.db'}")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE made (id INTEGER)"))
    yield database
    database.dispose()


@pytest.fixture
def elsewhere(tmp_path):
    """The same queue as another process has it: a file of its own on the same path."""
    opened = os.open(tmp_path / "polis.db-turn", os.O_RDWR | os.O_CREAT)
    yield opened
    os.close(opened)


def insert(database):
    with database.transaction() as session:
        session.execute(text("INSERT INTO made VALUES (1)"))


def is_free(opened):
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(opened, fcntl.LOCK_UN)
    return True


def test_a_turn_begins_with_the_first_statement_and_ends_with_the_commit(database, elsewhere):
    with database.transaction() as session:
        assert is_free(elsewhere), "nothing was written yet"
        session.execute(text("INSERT INTO made VALUES (1)"))
        assert not is_free(elsewhere)
        session.commit()
    assert is_free(elsewhere)


def test_a_turn_ends_with_whatever_undoes_its_transaction(database, elsewhere):
    with suppress(ZeroDivisionError), database.transaction() as session:
        session.execute(text("INSERT INTO made VALUES (1)"))
        assert 1 / 0
    assert is_free(elsewhere)
    assert count(database) == 0


def test_statements_that_change_tables_have_their_turn_too(database, elsewhere):
    with database.connection() as connection:
        connection.execute(text("CREATE TABLE other (id INTEGER)"))
        assert not is_free(elsewhere)
    assert is_free(elsewhere)


def test_who_only_reads_waits_for_nobody(database):
    with database.transaction() as session:
        session.execute(text("INSERT INTO made VALUES (1)"))
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(count, database).result(WAIT_S) == 0


def count(database):
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM made"))


def test_another_process_keeps_writers_waiting_until_it_leaves(database, elsewhere):
    fcntl.flock(elsewhere, fcntl.LOCK_EX)
    with ThreadPoolExecutor(3) as pool:
        writing = [pool.submit(insert, database) for _ in range(3)]
        assert not wait(writing, NO_TURN_S).done
        fcntl.flock(elsewhere, fcntl.LOCK_UN)
        assert len(wait(writing, WAIT_S).done) == 3
    assert count(database) == 3


def test_a_process_that_dies_writing_leaves_its_turn_to_others(database):
    url = database.url.render_as_string()
    command = [sys.executable, "-c", DIES_WRITING, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as other:
        assert other.stdout.readline() == "writing\n"
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(insert, database)
            assert not wait([writing], NO_TURN_S).done
            other.kill()
            writing.result(WAIT_S)
    assert count(database) == 1, "what it had not committed is gone"


def test_a_turn_is_asked_for_once_by_a_thread_and_left_by_no_other(tmp_path):
    turns = Turns(str(tmp_path / "turn"))
    turns.take()
    turns.take()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(turns.leave).result(WAIT_S)
        assert not wait([pool.submit(turns.take)], NO_TURN_S).done
        turns.leave()
        pool.submit(turns.leave).result(WAIT_S)
    turns.leave()
    turns.close()


def test_who_waits_in_vain_goes_on_to_meet_the_lock_itself(tmp_path):
    turns = Turns(str(tmp_path / "turn"), patience_s=0)
    turns.take()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(turns.take).result(WAIT_S)
        pool.submit(turns.leave).result(WAIT_S)
    turns.leave()
    turns.close()


def test_where_no_file_can_be_made_there_is_no_queue_and_no_trouble(tmp_path):
    turns = Turns(str(tmp_path / "nowhere" / "turn"))
    with turns.taken():
        assert not (tmp_path / "nowhere").exists()
    turns.close()


def refuse(code):
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    raise error


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT]
)
def test_what_finds_somebody_writing_is_done_in_its_turn(tmp_path, elsewhere, code):
    turns = Turns(str(tmp_path / "polis.db-turn"))
    refusals = [code]
    free = []

    def act():
        free.append(is_free(elsewhere))
        return refuse(refusals.pop()) if refusals else "done"

    assert in_turn(turns, act, act) == "done"
    assert free == [True, False]
    turns.close()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY])
def test_any_other_trouble_is_told_at_once(tmp_path, code):
    asked = []

    def act():
        asked.append(1)
        refuse(code)

    with pytest.raises(sqlite3.OperationalError):
        in_turn(Turns(str(tmp_path / "turn")), act, act)
    assert len(asked) == 1
