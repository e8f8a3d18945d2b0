"""Rows that name others which are not there, and damage the database finds in itself."""

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, Table, and_, exists, func, select, text
from sqlalchemy.orm import Session

from app.db import Base


def damage(session: Session) -> Iterator[str]:
    """What SQLite finds wrong with its file; PostgreSQL looks when rows are written."""
    if session.get_bind().dialect.name == "sqlite":
        for said in session.scalars(text("PRAGMA integrity_check(100)")):
            if said != "ok":
                yield said


def count() -> int:
    """How many kinds of reference there are."""
    return len(_references())


def found(session: Session) -> Iterator[str]:
    """Every kind of reference that leads nowhere, and from how many rows."""
    for table, reference in _references():
        parent = reference.referred_table.alias()
        pairs = [(each.parent, parent.c[each.column.name]) for each in reference.elements]
        named = and_(*(column.is_not(None) for column, _ in pairs))
        known = exists().where(*(theirs == ours for ours, theirs in pairs))
        lost = session.scalar(select(func.count()).select_from(table).where(named, ~known))
        if lost:
            by, there = ", ".join(column.name for column, _ in pairs), reference.referred_table.name
            yield f"{lost} rows of {table.name} name by {by} what is not in {there}"


def _references() -> list[tuple[Table, ForeignKeyConstraint]]:
    tables = Base.metadata.sorted_tables
    return [
        (table, each) for table in tables for each in sorted(table.foreign_key_constraints, key=str)
    ]
