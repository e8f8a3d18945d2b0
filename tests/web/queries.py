"""Which statements a page takes: those of sessions, and those of the lane beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.db import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that is run until the block ends, in order."""
    seen: list[str] = []
    with _heard(database, lambda sql, _values: seen.append(sql)):
        yield seen


@contextmanager
def given(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The same, each with its values."""
    seen: list[tuple[str, Any]] = []
    with _heard(database, lambda *each: seen.append(each)):
        yield seen


@contextmanager
def _heard(database: Database, hear: Callable[[str, Any], None]) -> Iterator[None]:
    def ran(_connection, _cursor, sql, values, _context, _many) -> None:
        hear(sql, values)

    def first(sql, values):
        hear(sql, values)
        return original(sql, values)

    original = database.lane.first
    event.listen(database.engine, "before_cursor_execute", ran)
    database.lane.first = first  # an instance's own: the lane of this database and no other
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", ran)
        del database.lane.first
