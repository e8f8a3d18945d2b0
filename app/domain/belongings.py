"""Which rows are somebody's, read from the tables themselves.

A row goes with the organization or person it cannot be without, with all below it, and loses the
one it can be without. What is to be otherwise is named here.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.orm import Session

from app.db import Base

# Money and acts are kept; apps of others' connections keep their row, and nothing in it.
KEPT = {
    "ledger_entries", "monthly_movements", "daily_usage", "balances", "purchases",
    "billing_accounts", "payments", "debts", "clients",
}  # fmt: skip
# Though it may be without its person, it is nothing without them.
THEIRS = {"mailed_links"}


def remove(session: Session, whose: str, id_: str) -> None:
    """Remove what belongs to a row of `organizations` or `users`, and name it nowhere else."""
    for table in reversed(Base.metadata.sorted_tables):
        for condition in going(table, whose, id_):
            session.execute(delete(table).where(condition))
        _let_go(session, table, whose, id_)


def going(table: Table, whose: str, id_: str) -> Iterator[ColumnElement[bool]]:
    """Which rows of a table go: those that name it and cannot be without, and all below those."""
    if table.name in {*KEPT, "users", "organizations", "audit_events"}:
        return
    for key in table.foreign_keys:
        parent, column = key.column.table, key.parent
        if parent is table:
            continue
        if parent.name == whose:
            if not column.nullable or _is_its(table, whose):
                yield column == id_
        else:
            for condition in going(parent, whose, id_):
                yield column.in_(select(key.column).where(condition))


def _let_go(session: Session, table: Table, whose: str, id_: str) -> None:
    """Take it out of the rows that stay."""
    for key in table.foreign_keys:
        named = key.column.table.name == whose and key.parent.nullable
        if named and table.name not in {"organizations", *KEPT} and not _is_its(table, whose):
            gone = update(table).where(key.parent == id_).values({key.parent: None})
            session.execute(gone)


def _is_its(table: Table, whose: str) -> bool:
    """A session that looked at an organization is its person's."""
    return table.name in THEIRS or (whose == "organizations" and table.name != "sessions")
