"""Looks after the books while others kill, buy and spend."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from app.db import Database
from tests import invariants

EVERY_S = 1.0


@contextmanager
def watched(database_url: str) -> Iterator[None]:
    """Every second of the block every balance is the sum of its entries, in one snapshot."""
    database, over, seen, wrong = Database(database_url), Event(), [], []

    def look() -> None:
        while True:
            try:
                invariants.check(database)
            except AssertionError as broken:
                wrong.append(broken)
                return
            seen.append(1)
            if over.wait(EVERY_S):
                return

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        database.dispose()
    assert wrong == []
    assert seen
