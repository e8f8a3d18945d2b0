"""A connection for each thread, outside any transaction, for single statements.

Reads of the hot path, and counters whose last second may be lost with the power: on SQLite its
commits do not wait for the disk.
"""

import threading
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

Row = tuple[Any, ...]


class Lane:
    """Runs one statement on the calling thread's own connection, opened again when it broke."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._local = threading.local()
        self._held: set[PoolProxiedConnection] = set()

    def first(self, sql: str, values: Any) -> Row | None:
        """The first row of a read; a connection the server has closed is replaced once."""
        try:
            return self._first(sql, values)
        except self._engine.dialect.loaded_dbapi.OperationalError:
            self._drop()
            return self._first(sql, values)

    def close(self) -> None:
        """Close what every thread holds."""
        while self._held:
            self._held.pop().close()
        self._local = threading.local()

    def _first(self, sql: str, values: Any) -> Row | None:
        cursor = self._connection().cursor()
        try:
            cursor.execute(sql, values)
            row: Row | None = cursor.fetchone()
            return row
        finally:
            cursor.close()

    def _connection(self) -> Any:
        held: PoolProxiedConnection | None = getattr(self._local, "held", None)
        if held is None:
            held = self._open()
        return held.dbapi_connection

    def _open(self) -> PoolProxiedConnection:
        held = self._engine.raw_connection()
        held.detach()  # ours until closed: the pool stays free for transactions
        if self._engine.dialect.name == "postgresql":
            held.dbapi_connection.autocommit = True  # type: ignore[union-attr] # the driver's own
        else:
            held.cursor().execute("PRAGMA synchronous=NORMAL")
        self._local.held = held
        self._held.add(held)
        return held

    def _drop(self) -> None:
        held: PoolProxiedConnection | None = getattr(self._local, "held", None)
        if held is not None:
            self._held.discard(held)
            self._local.held = None
            held.close()
