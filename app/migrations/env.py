"""Runs the migrations on the database it is handed."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator, text

from app import models  # noqa: F401 # the tables register themselves on Base
from app.db import Base, Database

_LOCK = 7_064_551  # one migration at a time on PostgreSQL; any constant will do


def run(database: Database) -> None:
    """Migrate in one transaction, so that a failed step leaves the schema as it was."""
    with database.connection() as connection:
        if not database.sqlite:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=database.sqlite,
            compare_type=True,
            render_item=_plain_types,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


def _plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as the plain ones they are: a migration needs no code of today."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


run(context.config.attributes["database"])
