"""Writing statements that are spelled the same on both databases."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy
from sqlalchemy import CursorResult, Insert, UpdateBase, bindparam
from sqlalchemy.orm import Session

from app.db.base import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(session: Session, table: type[Base]) -> "postgresql.Insert":
    """An INSERT of the session's dialect, with `on_conflict_do_nothing` and `…_do_update`."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[Base]) -> "postgresql.Insert":
    """The same for a dialect's name; the other dialect is never imported (40 ms of a start)."""
    made: postgresql.Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
    return made


def insert_of(table: type[Base], *columns: str) -> Insert:
    """A plain INSERT that takes each column by its name; left out: all of them."""
    names = columns or tuple(column.key for column in table.__table__.c)
    return sqlalchemy.insert(table).values({name: bindparam(name) for name in names})


def changed(session: Session, statement: UpdateBase) -> int:
    """Run a writing statement and say how many rows it changed."""
    result = session.execute(statement, execution_options=_OPTIONS)
    return cast("CursorResult[Any]", result).rowcount


# An INSERT's row count is dropped unless asked for; whoever locks a row reads it again.
_OPTIONS = {"synchronize_session": False, "preserve_rowcount": True}
