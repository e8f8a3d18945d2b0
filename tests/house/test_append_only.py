"""The database itself refuses to change or remove what was written into ledger and audit."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.models.audit import AuditEvent
from app.models.billing import LedgerEntry
from tests.factories import member

REWRITES = (
    (LedgerEntry, "UPDATE ledger_entries SET tokens = tokens + 1"),
    (LedgerEntry, "UPDATE ledger_entries SET id = id"),
    (LedgerEntry, "DELETE FROM ledger_entries"),
    (AuditEvent, "UPDATE audit_events SET actor = 'nobody'"),
    (AuditEvent, "UPDATE audit_events SET number = number"),
    (AuditEvent, "DELETE FROM audit_events"),
)
EMPTYINGS = ((LedgerEntry, "TRUNCATE ledger_entries"), (AuditEvent, "TRUNCATE audit_events"))


@pytest.mark.parametrize(("table", "rewrite"), REWRITES, ids=lambda each: str(each)[:22])
def test_a_written_row_stays_as_it_was_written(services, table, rewrite):
    refused(services, table, rewrite)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", [LedgerEntry, AuditEvent])
def test_a_written_row_is_not_replaced_by_another_of_its_number(services, table):
    name = table.__tablename__
    refused(services, table, f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("table", "emptying"), EMPTYINGS)
def test_a_table_cannot_be_emptied_at_a_stroke(services, table, emptying):
    refused(services, table, emptying)


def refused(services, table, statement: str) -> None:
    member(services, tokens=5)
    before = rows(services, table)
    with (
        pytest.raises(DBAPIError, match=f"{table.__tablename__} is append-only"),
        services.transaction() as session,
    ):
        session.execute(text(statement))
    assert rows(services, table) == before
    assert before


def rows(services, table) -> list:
    with services.database.reading() as session:
        return session.execute(select(table.__table__).order_by(*table.__table__.primary_key)).all()
