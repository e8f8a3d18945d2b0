"""The schema goes up and down on both databases, and at head it is what the models say."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Inspector, event, inspect, text

from app import migrations, models  # noqa: F401 # the tables register themselves on Base
from app.db import Base, Database
from app.models.work import InstallationFact
from tests.databases import DATABASES
from tests.house.former_schemas import read
from tests.waiting import somebody_waits, until

FORMER = set(read("0018").tables)


@pytest.fixture(params=DATABASES)
def empty(request, copies, tmp_path):
    database = Database(copies.empty(request.param, tmp_path))
    yield database
    database.dispose()


def test_there_is_one_head():
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert len(scripts.get_heads()) == 1


def test_head_is_what_the_models_say(empty, copies, tmp_path_factory):
    migrations.upgrade(empty)
    command.check(migrations.config(empty))
    kind = "sqlite" if empty.sqlite else "postgresql"
    modelled = Database(copies.empty(kind, tmp_path_factory.mktemp("modelled")))
    Base.metadata.create_all(modelled.engine)
    assert schema(empty) == schema(modelled)
    modelled.dispose()


def test_r13_base_to_head_and_back_twice_leaves_the_same_schema(empty):
    migrations.upgrade(empty)
    first = schema(empty)
    assert migrations.at_head(empty)
    migrations.downgrade(empty)
    assert schema(empty) == {}
    migrations.upgrade(empty)
    assert schema(empty) == first


def test_each_step_goes_down_and_up_again(empty):
    migrations.upgrade(empty)
    at_head = schema(empty)
    for script in ScriptDirectory.from_config(migrations.config(empty)).walk_revisions():
        migrations.downgrade(empty, script.down_revision or "base")
        migrations.upgrade(empty, script.revision)
        migrations.downgrade(empty, script.down_revision or "base")
    migrations.upgrade(empty)
    assert schema(empty) == at_head


def test_nothing_is_entered_between_what_a_month_had_and_the_trigger_that_adds_to_it(
    copies, tmp_path
):
    database = Database(copies.empty("postgresql", tmp_path))
    migrations.upgrade(database, "0018")
    tried = []

    def enter(_connection, _cursor, sql, *_):
        if sql.startswith("INSERT INTO monthly_movements"):
            with psycopg.connect(_dsn(database)) as another:
                another.execute("SET lock_timeout = '200ms'")
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    another.execute(
                        "LOCK TABLE ledger_entries IN ROW EXCLUSIVE MODE"
                    )  # an INSERT's
                tried.append(sql)

    event.listen(Engine, "before_cursor_execute", enter)
    try:
        migrations.upgrade(database)
    finally:
        event.remove(Engine, "before_cursor_execute", enter)
    database.dispose()
    assert len(tried) == 1


def test_whoever_is_at_work_and_waits_for_the_ledger_waits_for_no_migration_that_waits_for_them(
    copies, tmp_path
):
    """As one does that has ended a run and is about to settle it."""
    database = Database(copies.empty("postgresql", tmp_path))
    migrations.upgrade(database, "0018")
    with psycopg.connect(_dsn(database)) as working, ThreadPoolExecutor() as beside:
        working.execute("SET lock_timeout = '20s'")
        working.execute("LOCK TABLE runs, turns, api_keys IN ROW EXCLUSIVE MODE")  # an UPDATE's
        migrated = beside.submit(migrations.upgrade, database)
        until(lambda: somebody_waits(database), within_s=8)
        working.execute("LOCK TABLE ledger_entries IN ROW EXCLUSIVE MODE")
        working.commit()
        migrated.result(timeout=60)
    assert migrations.at_head(database)
    database.dispose()


def test_no_step_keeps_two_tables_from_those_at_work(copies, tmp_path):
    database = Database(copies.empty("postgresql", tmp_path))
    migrations.upgrade(database, "0018")
    scripts = ScriptDirectory.from_config(migrations.config(database))
    held: dict[str, set[str]] = {}

    def look(connection, _cursor, sql, *_):
        if sql.startswith("UPDATE alembic_version"):
            held[sql] = _kept_waiting(connection)

    event.listen(Engine, "before_cursor_execute", look)
    try:
        migrations.upgrade(database)
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    database.dispose()
    assert len(held) == len(list(scripts.iterate_revisions("head", "0018")))
    assert {sql: tables for sql, tables in held.items() if len(tables) > 1} == {}
    assert any(held.values())


def test_r13_a_migration_that_broke_off_comes_from_where_it_began(empty):
    """So the release before goes on while it is tried again, and can be gone back to."""
    migrations.upgrade(empty, "0018")

    def break_off(_connection, _cursor, sql, *_):
        if sql.startswith("ALTER TABLE turns"):
            raise BrokenOff

    event.listen(Engine, "before_cursor_execute", break_off)
    try:
        with pytest.raises(BrokenOff):
            migrations.upgrade(empty)
    finally:
        event.remove(Engine, "before_cursor_execute", break_off)
    assert (_before(empty), migrations.standing(empty)) == ("0018", "behind")
    migrations.upgrade(empty)
    assert (_before(empty), migrations.standing(empty)) == ("0018", "head")


class BrokenOff(Exception):
    """The machine, or the lock, was not there long enough."""


def _before(database: Database) -> str | None:
    with database.reading() as session:
        return session.get_one(InstallationFact, "schema_before").value


def _kept_waiting(connection: Connection) -> set[str]:
    """Tables that were there before and that nobody writes to until this transaction ends."""
    found = connection.scalars(
        text(
            "SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
            "WHERE pid = pg_backend_pid() AND relkind = 'r' "
            "AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock')"
        )
    )
    return set(found) & FORMER


def _dsn(database: Database) -> str:
    return database.url.set(drivername="postgresql").render_as_string(hide_password=False)


def schema(database: Database) -> dict[str, Any]:
    """Every table of ours as the database itself describes it."""
    with database.engine.connect() as connection:
        inspector = inspect(connection)
        tables = set(inspector.get_table_names()) - {"alembic_version"}
        return {table: described(inspector, table) for table in tables}


def described(inspector: Inspector, table: str) -> dict[str, Any]:
    columns = [
        (each["name"], str(each["type"]), each["nullable"], each["default"])
        for each in inspector.get_columns(table)
    ]
    return {
        "columns": sorted(columns, key=str),
        "key": inspector.get_pk_constraint(table),
        "foreign": as_text(inspector.get_foreign_keys(table)),
        "unique": as_text(inspector.get_unique_constraints(table)),
        "checks": as_text(inspector.get_check_constraints(table)),
        "indexes": as_text(inspector.get_indexes(table)),
    }


def as_text(found: list[Any]) -> list[str]:
    """What can be compared of a constraint: conditions are objects, equal only to themselves."""
    return sorted(json.dumps(each, default=str, sort_keys=True) for each in found)
