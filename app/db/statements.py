"""Statements compiled once and run inside a session's transaction (decisions/0019)."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

from app.db.brief import Brief, Transaction
from app.db.compiled import Compiled, converted
from app.db.database import Database

R = TypeVar("R")

_KEPT = "polis_connection"


class _Statement:
    """One statement in whatever transaction; its values are of the models' types."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def _run(self, where: Transaction, values: dict[str, Any]) -> tuple[Any, Compiled]:
        if isinstance(where, Brief):
            cursor, compiled = where.cursor(), self._for(where.dialect)
        else:
            where.flush()  # what was done before comes before
            connection = _connection(where)
            cursor, compiled = connection.connection.cursor(), self._for(connection.dialect)
        cursor.execute(compiled.sql, compiled.bound(converted(compiled.writers, values)))
        return cursor, compiled

    def _for(self, dialect: Dialect) -> Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = Compiled(self._statement, dialect)
        return compiled


def _connection(session: Session) -> Connection:
    """The connection of a session's transaction, asked for once: it is a third of a call."""
    kept: Connection | None = session.info.get(_KEPT)
    if kept is None or kept.closed:
        kept = session.info[_KEPT] = session.connection()
    return kept


class Query(_Statement, Generic[R]):
    """A question with at most one row for an answer; `shape` makes of its columns what is told."""

    def __init__(self, statement: ClauseElement, shape: Callable[..., R]) -> None:
        super().__init__(statement)
        self._shape = shape

    def one(self, where: Transaction | Database, **values: Any) -> R | None:
        """The row, or None; a database is asked outside any transaction."""
        if isinstance(where, Database):
            compiled = self._for(where.engine.dialect)
            bound = compiled.bound(converted(compiled.writers, values))
            row = where.lane.first(compiled.sql, bound)
        else:
            cursor, compiled = self._run(where, values)
            row = cursor.fetchone()
            cursor.close()
        return None if row is None else self._shape(*converted(compiled.readers, list(row)))


class Change(_Statement):
    """An INSERT or UPDATE."""

    def __call__(self, where: Transaction, **values: Any) -> int:
        """How many rows were written."""
        cursor, _ = self._run(where, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed
