"""Waiting for SQLite's one writer in short turns.

SQLite's own wait looks ever less often, ten times a second in the end, and a busy writer always
slips in between: of eight processes some waited for 8 seconds. Asked again it begins anew, looking
every few milliseconds, and the longest wait was 1.5 seconds (decisions/0009).
"""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TURN_MS = 18  # SQLite looks after 1, 2, 5 and 10 of them
LONGEST_S = 30.0


def in_turn(act: Callable[[], T], longest_s: float | None = None) -> T:
    """Do something that needs the writer's lock, again and again while somebody else has it."""
    ends = 0.0
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            ends = ends or time.monotonic() + (LONGEST_S if longest_s is None else longest_s)
            busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > ends:
                raise
