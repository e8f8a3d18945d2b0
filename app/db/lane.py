"""Connections outside any transaction, for single statements.

Reads of the hot path, and counters whose last second may be lost with the power: nobody waits for
the disk here.
"""

import threading
from collections import deque
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from app.db.away import away, is_read_only
from app.db.turns import BUSY_MS, Turns, in_turn

Row = tuple[Any, ...]

_MOST = 16  # at once in one process; twice the threads of a web process
_GLANCE_MS = 5  # a single statement of somebody else's is over sooner; for more there is a queue


class Lane:
    """Runs one statement on a free connection, or on a new one; a broken one is replaced."""

    def __init__(self, engine: Engine, turns: Turns | None) -> None:
        self._engine = engine
        self._places = threading.BoundedSemaphore(_MOST)
        self._free: deque[PoolProxiedConnection] = deque()
        self._turns = turns  # of SQLite; elsewhere rows are locked, not files
        self._trouble = engine.dialect.loaded_dbapi.OperationalError

    def first(self, sql: str, values: Any) -> Row | None:
        """The first row; what finds its connection closed by the server is tried once more."""
        with self._places:
            try:
                return self._twice(sql, values)
            except (DBAPIError, self._trouble) as error:
                refusal = away(error)
                if refusal is None:
                    raise
                raise refusal from error

    def _twice(self, sql: str, values: Any) -> Row | None:
        try:
            return self._first(self._take(), sql, values)
        except self._trouble as error:
            if self._turns is not None and not is_read_only(
                error
            ):  # nobody else closes a file of ours
                raise
            self.close()  # what one of them met, all of them will
            return self._first(self._open(), sql, values)

    def close(self) -> None:
        """Close every connection that is not in use."""
        while self._free:
            self._free.pop().close()

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
            _wait_at_most(held, BUSY_MS)
            row = at_once()
            _wait_at_most(held, _GLANCE_MS)
            return row

        return at_once() if self._turns is None else in_turn(self._turns, at_once, patiently)

    def _take(self) -> PoolProxiedConnection:
        try:
            return self._free.pop()
        except IndexError:
            return self._open()

    def _open(self) -> PoolProxiedConnection:
        held = self._engine.raw_connection()
        held.detach()  # ours until closed: the pool stays free for transactions
        if self._turns is not None:
            _wait_at_most(held, _GLANCE_MS)
        else:
            held.dbapi_connection.autocommit = True  # type: ignore[union-attr] # the driver's own
        return held


def _wait_at_most(held: PoolProxiedConnection, ms: int) -> None:
    held.cursor().execute(f"PRAGMA busy_timeout={ms}")
