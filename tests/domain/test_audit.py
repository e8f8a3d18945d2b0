from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain import audit
from app.models.audit import AuditEvent
from tests.together import together

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
DROPPED = {
    "sqlite": ("DROP TRIGGER audit_events_no_update", "DROP TRIGGER audit_events_no_delete"),
    "postgresql": (
        "DROP TRIGGER audit_events_no_change ON audit_events",
        "DROP TRIGGER audit_events_no_truncate ON audit_events",
    ),
}
SWAP = (
    "UPDATE audit_events SET number = 99 WHERE chain = 'org' AND number = 2",
    "UPDATE audit_events SET number = 2 WHERE chain = 'org' AND number = 3",
    "UPDATE audit_events SET number = 3 WHERE chain = 'org' AND number = 99",
)
TAMPERED = {
    "a changed actor": (["UPDATE audit_events SET actor = 'eve' WHERE number = 2"], "org:2"),
    "a changed act": (["UPDATE audit_events SET action = 'nothing' WHERE number = 2"], "org:2"),
    "changed details": (["UPDATE audit_events SET details = '{}' WHERE number = 3"], "org:3"),
    "a changed moment": (["UPDATE audit_events SET at = at + 1 WHERE number = 1"], "org:1"),
    "a missing first row": (["DELETE FROM audit_events WHERE number = 1"], "org:2"),
    "a missing row": (["DELETE FROM audit_events WHERE number = 3"], "org:4"),
    "a missing last row": (["DELETE FROM audit_events WHERE number = 4"], "org:head"),
    "all rows missing": (["DELETE FROM audit_events"], "org:head"),
    "two rows swapped": (SWAP, "org:2"),
    "a row moved to another chain": (
        ["UPDATE audit_events SET chain = 'other' WHERE number = 4"], "other:4",
    ),
}  # fmt: skip


def write(database, count, chain="org"):
    for number in range(count):
        with database.transaction() as session:
            audit.record(session, chain, "usr_a", "key.created", "key_b", {"n": number}, NOW)


@contextmanager
def unguarded(database):
    """A transaction in which the triggers are gone: somebody owns the database."""
    with database.transaction() as session:
        for statement in DROPPED[database.engine.dialect.name]:
            session.execute(text(statement))
        yield session


def broken(database):
    with database.reading() as session:
        return list(audit.broken_links(session))


def test_an_untouched_chain_holds_and_each_organization_has_its_own(database):
    write(database, 3)
    write(database, 2, "other")
    assert broken(database) == []


@pytest.mark.parametrize(
    "change", ["UPDATE audit_events SET actor = 'eve'", "DELETE FROM audit_events"]
)
def test_the_database_itself_refuses_to_change_or_remove_a_row(database, change):
    write(database, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as session:
        session.execute(text(change))
    assert broken(database) == []


@pytest.mark.parametrize("how", TAMPERED)
def test_a_row_changed_behind_our_back_breaks_the_chain_where_it_was(database, how):
    statements, place = TAMPERED[how]
    write(database, 4)
    with unguarded(database) as session:
        for statement in statements:
            session.execute(text(statement))
    assert place in broken(database)


def test_a_row_forged_with_a_digest_that_fits_it_does_not_fit_the_next(database):
    write(database, 4)
    with unguarded(database) as session:
        forged = session.get_one(AuditEvent, ("org", 2))
        forged.actor = "eve"
        forged.digest = audit.digest_of(forged)
    assert broken(database) == ["org:3"]


def test_writers_of_one_chain_at_the_same_instant_queue_up(database):
    together(16, lambda _: write(database, 3))
    assert broken(database) == []
    with database.reading() as session:
        assert session.scalar(text("SELECT max(number) FROM audit_events")) == 48
