"""What was committed is on the disk before it is answered, by few syncs for many who wait."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock

import pytest
from sqlalchemy import text

from app.db import Database
from app.db.durable import Durable, sync

WAIT_S = 30


class Undone(Exception):
    """What a transaction ends by."""


class Disk:
    """Counts syncs; each begins when it is let, and says so."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.entered, self.let = Event(), Event()
        self._lock = Lock()

    def sync(self) -> None:
        with self._lock:
            self.begun.append(len(self.begun))
        self.entered.set()
        assert self.let.wait(WAIT_S)


def test_whoever_waits_alone_has_one_sync_of_their_own():
    disk = Disk()
    disk.let.set()
    durable = Durable(disk.sync)
    durable.wait()
    durable.wait()
    assert len(disk.begun) == 2


def test_who_comes_during_a_sync_is_served_by_the_next_and_all_by_the_same():
    disk = Disk()
    durable = Durable(disk.sync)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(durable.wait)
        assert disk.entered.wait(WAIT_S)
        later = [pool.submit(durable.wait) for _ in range(8)]
        assert not any(each.done() for each in later)
        disk.let.set()
        for each in (first, *later):
            each.result(WAIT_S)
    assert 2 <= len(disk.begun) <= 9, "never the one that began before they came"


def test_trouble_of_the_disk_is_told_to_each_who_waits_and_passes():
    broken = Event()
    broken.set()

    def disk():
        if broken.is_set():
            raise OSError(5, "Input/output error")

    durable = Durable(disk)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(durable.wait) for _ in range(4)]
        for each in waiting:
            with pytest.raises(OSError, match="Input/output"):
                each.result(WAIT_S)
    broken.clear()
    durable.wait()


def test_a_log_that_is_gone_was_copied_back_already(tmp_path):
    sync(str(tmp_path / "polis.db-wal"))


def test_a_log_that_cannot_be_read_is_no_log_on_the_disk(tmp_path):
    with pytest.raises(IsADirectoryError):
        sync(str(tmp_path))


def test_a_transaction_is_in_the_log_before_it_is_synced(tmp_path):
    path = tmp_path / "polis.db"
    database = Database(f"sqlite:///{path}")
    seen = []

    def disk():
        with sqlite3.connect(path) as other:
            seen.append(other.execute("SELECT count(*) FROM made").fetchone()[0])
        sync(f"{path}-wal")

    database._durable = Durable(disk)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE made (id INTEGER)"))
    with database.transaction() as session:
        session.execute(text("INSERT INTO made VALUES (1)"))
    with suppress(Undone), database.transaction() as session:
        session.execute(text("INSERT INTO made VALUES (2)"))
        raise Undone
    database.dispose()
    assert seen == [0, 1], "after each commit, before the answer; never for what was undone"


def test_another_writer_commits_while_a_sync_is_on(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'polis.db'}")
    disk = Disk()
    disk.let.set()
    database._durable = Durable(disk.sync)

    def write():
        with database.transaction() as session:
            session.execute(text("INSERT INTO made VALUES (1)"))

    with database.transaction() as session:
        session.execute(text("CREATE TABLE made (id INTEGER)"))
    disk.let.clear()
    with ThreadPoolExecutor(2) as pool:
        disk.entered.clear()
        writing = [pool.submit(write)]
        assert disk.entered.wait(WAIT_S)
        writing.append(pool.submit(write))
        with database.reading() as session:
            while session.scalar(text("SELECT count(*) FROM made")) < 2:
                session.rollback()
        assert not any(each.done() for each in writing)
        disk.let.set()
        for each in writing:
            each.result(WAIT_S)
    database.dispose()


def test_a_new_log_is_synced_under_its_new_name(tmp_path):
    path, log = tmp_path / "polis.db", tmp_path / "polis.db-wal"
    for _ in range(2):
        database = Database(f"sqlite:///{path}")
        with database.transaction() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS made (id INTEGER)"))
        assert log.exists()
        database.dispose()
        assert not log.exists(), "the last one out copied it back"
        sync(str(log))
