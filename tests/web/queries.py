"""How many statements a page takes: those of sessions, and those of the lane beside them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.db import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that is run until the block ends, in order."""
    seen: list[str] = []

    def ran(_connection, _cursor, sql, _values, _context, _many) -> None:
        seen.append(sql)

    def first(sql, values):
        seen.append(sql)
        return original(sql, values)

    original = database.lane.first
    event.listen(database.engine, "before_cursor_execute", ran)
    database.lane.first = first  # an instance's own: the lane of this database and no other
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", ran)
        del database.lane.first
