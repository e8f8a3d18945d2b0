"""Statements compiled once and run on the driver itself: those of the hot paths.

SQLAlchemy compiles the statement; each call then costs one cursor: 11 µs where the same read
through a session took 185 (decisions/0010).
"""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

from app.db.database import Database
from app.db.lane import Row

R = TypeVar("R")

_KEPT = "polis_connection"
_Converters = dict[Any, Callable[[Any], Any]]


class Prepared:
    """One statement of one database, outside any transaction, callable from any thread."""

    def __init__(self, database: Database, statement: ClauseElement) -> None:
        self._compiled = _Compiled(statement, database.engine.dialect)
        self._lane = database.lane

    def one(self, values: Mapping[str, Any]) -> Row | None:
        """The first row, or None; values and row are in the database's own types."""
        return self._lane.first(self._compiled.sql, self._compiled.bound(values))


class _Statement:
    """One statement in the transaction of whatever session; its values are of the models' types."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def _run(self, session: Session, values: dict[str, Any]) -> "tuple[Any, _Compiled]":
        session.flush()  # what was done before comes before
        connection = _connection(session)
        compiled = self._for(connection.dialect)
        cursor: Any = connection.connection.cursor()
        cursor.execute(compiled.sql, compiled.bound(_converted(compiled.writers, values)))
        return cursor, compiled

    def _for(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._statement, dialect)
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

    def one(self, where: Session | Database, **values: Any) -> R | None:
        """The row, or None; a database is asked outside any transaction."""
        if isinstance(where, Database):
            compiled = self._for(where.engine.dialect)
            bound = compiled.bound(_converted(compiled.writers, values))
            row = where.lane.first(compiled.sql, bound)
        else:
            cursor, compiled = self._run(where, values)
            row = cursor.fetchone()
            cursor.close()
        return None if row is None else self._shape(*_converted(compiled.readers, list(row)))


class Change(_Statement):
    """An INSERT or UPDATE."""

    def __call__(self, session: Session, **values: Any) -> int:
        """How many rows were written."""
        cursor, _ = self._run(session, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed


class _Compiled:
    """A statement in one dialect: its SQL, its values in order, and what their types do to them."""

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)  # a statement is no DDL
        self.sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._fixed = {k: v for k, v in compiled.params.items() if v is not None}
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        told = enumerate(getattr(statement, "selected_columns", ()))
        answers = {place: column.type.dialect_impl(dialect) for place, column in told}
        self.writers = _present({k: type_.bind_processor(dialect) for k, type_ in types.items()})
        self.readers = _present(
            {k: type_.result_processor(dialect, None) for k, type_ in answers.items()}
        )

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        bound = {**self._fixed, **values}
        return bound if self._order is None else [bound[name] for name in self._order]


def _present(found: Mapping[Any, Callable[[Any], Any] | None]) -> _Converters:
    return {key: convert for key, convert in found.items() if convert is not None}


def _converted(converters: _Converters, values: Any) -> Any:
    """The same dictionary or list, with what has a converter converted."""
    for key, convert in converters.items():
        values[key] = convert(values[key])
    return values
