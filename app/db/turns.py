"""Whose turn it is to write to SQLite: writers queue for a lock that wakes the next at once.

SQLite's own wait looks again after 1, 2, 5, 10 … 100 ms, and whoever comes just then slips in
between: the writer's lock lay idle while a dozen slept. Nothing rests on this queue but speed and
fairness; that one writes at a time is still SQLite's to see to (decisions/0032).
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

BUSY_MS = 10_000  # how long SQLite itself waits for somebody else's lock
_PATIENCE_S = 30.0


class Turns:
    """The queue of everybody who writes to one file, in this process and in others."""

    def __init__(self, path: str, patience_s: float = _PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s
        self._here = threading.Lock()  # of a process one thread asks the kernel, the others this
        self._whose: int | None = None
        self._file: int | None = None

    def take(self, patience_s: float | None = None) -> None:
        """Wait for this thread's turn, as long as anybody would; what holds it is not asked twice.

        Who waited in vain goes on and meets SQLite's own lock, which says what is wrong.
        """
        me = threading.get_ident()
        patience = self._patience_s if patience_s is None else patience_s
        if self._whose == me or not self._here.acquire(timeout=patience):
            return
        self._whose = me
        self._lock(fcntl.LOCK_EX)

    def leave(self) -> None:
        """Let the next one write; nothing where it was not this thread's turn."""
        if self._whose == threading.get_ident():
            self._lock(fcntl.LOCK_UN)
            self._whose = None
            self._here.release()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """This thread's turn."""
        self.take()
        try:
            yield
        finally:
            self.leave()

    def close(self) -> None:
        """Close the file; it is opened again when somebody writes."""
        with self._here:
            opened, self._file = self._file, None
            if opened is not None:
                os.close(opened)

    def _lock(self, how: int) -> None:
        """A folder in which no file can be made is one SQLite refuses to write in, in its words."""
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._file, how)
        except OSError:
            return


def in_turn(turns: Turns, act: Callable[[], T], patiently: Callable[[], T]) -> T:
    """Do something at once, or patiently in its turn where somebody else is writing.

    Whoever wrote at once is in no queue, so that one may be met though it is the other's turn.
    """
    try:
        return act()
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
    with turns.taken():
        return patiently()


def is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether somebody else held the lock that was asked for."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
