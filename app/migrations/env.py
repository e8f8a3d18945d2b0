"""Runs the migrations on the database it is handed."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, TypeDecorator, text

from app import models  # noqa: F401 # the tables register themselves on Base
from app.db import Base, Database

_LOCK = 7_064_551  # one migration at a time on PostgreSQL; any constant will do


def run(database: Database) -> None:
    """Migrate, so that a failed step leaves the schema as the step before it made it."""
    if database.sqlite:  # whose one writer keeps everybody else out; all steps are undone together
        with database.connection() as connection:
            _steps(connection, apart=False)
        return
    with database.engine.connect() as connection:
        connection.detach()  # it is closed, and what is set and locked here goes with it
        with connection.begin():
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        # Each step lets go of its table before the next one waits for another: processes at work
        # hold the second while they wait for the first.
        _steps(connection, apart=True)


def _steps(connection: Connection, *, apart: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_item=_plain_types,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=apart,
    )
    with context.begin_transaction():
        context.run_migrations()


def _plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as the plain ones they are: a migration needs no code of today."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


run(context.config.attributes["database"])
