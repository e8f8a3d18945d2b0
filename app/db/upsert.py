"""INSERT … ON CONFLICT, spelled the same on both databases."""

from typing import Any, cast

from sqlalchemy import CursorResult, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db.base import Base


def insert(session: Session, table: type[Base]) -> postgresql.Insert:
    """An INSERT of the session's dialect, with `on_conflict_do_nothing` and `…_do_update`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)  # type: ignore[return-value] # the same methods, no common base
    return postgresql.insert(table)


def changed(session: Session, statement: UpdateBase) -> int:
    """Run a writing statement and say how many rows it changed."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount
