"""INSERT … ON CONFLICT, spelled the same on both databases."""

from typing import Any, cast

from sqlalchemy import CursorResult, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db.base import Base


def insert(session: Session, table: type[Base]) -> postgresql.Insert:
    """An INSERT of the session's dialect, with `on_conflict_do_nothing` and `…_do_update`."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[Base]) -> postgresql.Insert:
    """The same for a dialect's name."""
    if dialect == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value] # the same methods, no common base
    return postgresql.insert(table)


def changed(session: Session, statement: UpdateBase) -> int:
    """Run a writing statement and say how many rows it changed."""
    result = session.execute(statement, execution_options=_OPTIONS)
    return cast("CursorResult[Any]", result).rowcount


# An INSERT's row count is dropped unless asked for; whoever locks a row reads it again.
_OPTIONS = {"synchronize_session": False, "preserve_rowcount": True}
