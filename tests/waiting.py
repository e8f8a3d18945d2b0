"""Whether somebody waits for what another transaction holds."""

from sqlalchemy import text

from app.db import Database

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def somebody_waits(database: Database) -> bool:
    """For a row or a table; on SQLite whoever writes waits for whoever does, and nobody can tell."""
    if database.sqlite:
        return True
    with database.engine.connect() as connection:
        return bool(connection.scalar(_WAITING))
