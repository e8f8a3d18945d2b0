"""Waiting for what another thread or process does, and seeing who waits for a lock."""

import time
from collections.abc import Callable
from threading import Event

from sqlalchemy import text

from app.db import Database

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def until(
    true: Callable[[], object], why: Callable[[], object] = str, within_s: float = 60
) -> None:
    """Look again and again until it holds; `why` says in a failure what was seen instead."""
    pause, ends = Event(), time.monotonic() + within_s
    while not true():
        assert time.monotonic() < ends, f"not within {within_s} s: {why()}"
        pause.wait(0.05)


def somebody_waits(database: Database) -> bool:
    """Whether anybody waits for a row or a table; on SQLite whoever writes waits for whoever does, and nobody can tell."""
    if database.sqlite:
        return True
    with database.engine.connect() as connection:
        return bool(connection.scalar(_WAITING))
