"""Connections of the driver's own: for single statements, and for transactions of a few.

Single ones are reads of the hot path, and counters whose last second may be lost with the power:
nobody waits for the disk here.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from app.db.away import away, is_read_only
from app.db.brief import Brief
from app.db.turns import BUSY_MS, Turns, in_turn

Row = tuple[Any, ...]
T = TypeVar("T")

_MOST = 16  # at once in one process; twice the threads of a web process
_GLANCE_MS = 5  # a single statement of somebody else's is over sooner; for more there is a queue


class Lane:
    """Runs one statement on a free connection, or on a new one; a broken one is replaced."""

    def __init__(self, engine: Engine, turns: Turns | None) -> None:
        self._engine = engine
        self._places = threading.BoundedSemaphore(_MOST)
        self._begins = threading.BoundedSemaphore(_MOST)  # apart: one within may ask singly
        self._free: deque[PoolProxiedConnection] = deque()
        self._turns = turns  # of SQLite; elsewhere rows are locked, not files
        driver = engine.dialect.loaded_dbapi
        self._trouble, self._errors = driver.OperationalError, driver.Error

    def first(self, sql: str, values: Any) -> Row | None:
        """The first row; what finds its connection closed by the server is tried once more."""
        with self._places:
            try:
                return self._twice(lambda held: self._first(held, sql, values))
            except (DBAPIError, self._trouble) as error:
                refusal = away(error)
                if refusal is None:
                    raise
                raise refusal from error

    @contextmanager
    def brief(self) -> Iterator[Brief]:
        """A writing transaction of statements alone; whatever is raised undoes it."""
        with self._begins, self._turn():
            held = self._twice(self._begun)
            sound = False
            try:
                yield Brief(held, self._engine.dialect)
                _say(held, "COMMIT")
                sound = True
            finally:
                if sound:
                    self._free.append(held)
                else:
                    self._undo(held)

    def close(self) -> None:
        """Close every connection that is not in use, whoever else is closing or taking them."""
        while (held := self._idle()) is not None:
            held.close()

    def _twice(self, act: Callable[[PoolProxiedConnection], T]) -> T:
        """Do something on a connection, once more where that one is no good any longer."""
        try:
            return act(self._take())
        except self._trouble as error:
            ours = self._turns is not None  # nobody else closes a file of ours
            if ours and not is_read_only(error):
                raise
            self.close()  # what one of them met, all of them will
            return act(self._open())

    def _first(self, held: PoolProxiedConnection, sql: str, values: Any) -> Row | None:
        sound = False
        try:
            row = self._row(held, sql, values)
            sound = True
        finally:
            if sound:
                self._free.append(held)
            else:
                held.close()
        return row

    def _row(self, held: PoolProxiedConnection, sql: str, values: Any) -> Row | None:
        def at_once() -> Row | None:
            cursor: Any = held.cursor()
            cursor.execute(sql, values)
            row: Row | None = cursor.fetchone()
            cursor.close()
            return row

        def patiently() -> Row | None:
            with _patient(held):
                return at_once()

        return at_once() if self._turns is None else in_turn(self._turns, at_once, patiently)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._turns is None:
            yield
        else:
            with self._turns.taken():
                yield

    def _begun(self, held: PoolProxiedConnection) -> PoolProxiedConnection:
        """The connection with a transaction begun on it; a writer of SQLite locks at once."""
        begun = False
        try:
            if self._turns is None:
                _say(held, "BEGIN")
            else:
                with _patient(held):
                    _say(held, "BEGIN IMMEDIATE")
            begun = True
        finally:
            if not begun:
                held.close()
        return held

    def _undo(self, held: PoolProxiedConnection) -> None:
        try:
            _say(held, "ROLLBACK")
        except self._errors:  # with the connection goes what was not committed
            held.close()
        else:
            self._free.append(held)

    def _take(self) -> PoolProxiedConnection:
        return self._idle() or self._open()

    def _idle(self) -> PoolProxiedConnection | None:
        try:  # to look first would be to see what another takes meanwhile
            return self._free.pop()
        except IndexError:
            return None

    def _open(self) -> PoolProxiedConnection:
        held = self._engine.raw_connection()
        held.detach()  # ours until closed: the pool stays free for transactions
        if self._turns is not None:
            _wait_at_most(held, _GLANCE_MS)
        else:
            held.dbapi_connection.autocommit = True  # type: ignore[union-attr] # the driver's own
        return held


@contextmanager
def _patient(held: PoolProxiedConnection) -> Iterator[None]:
    """Whoever wrote at once is in no queue: one whose turn it is may meet them and has to wait."""
    _wait_at_most(held, BUSY_MS)
    try:
        yield
    finally:
        _wait_at_most(held, _GLANCE_MS)


def _wait_at_most(held: PoolProxiedConnection, ms: int) -> None:
    _say(held, f"PRAGMA busy_timeout={ms}")


def _say(held: PoolProxiedConnection, sql: str) -> None:
    cursor = held.cursor()
    cursor.execute(sql)
    cursor.close()
