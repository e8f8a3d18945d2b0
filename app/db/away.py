"""The database cannot be reached, or has no room: told as such, and worth another try."""

import sqlite3

from app.errors import Kind, PolisError
from app.kit import logs, meters

_AGAIN_S = 5
_log = logs.logger("database")
_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}
_READ_ONLY = "25006"
_POSTGRESQL = ("08", _READ_ONLY, "53", "55000", "57P")  # lost, read-only, full, closed, shut down


class DatabaseAway(PolisError):
    """Nothing was done unless it says so; the same request will do once the database is back."""

    kind = Kind.UNAVAILABLE
    code = "unavailable"


def away(error: BaseException) -> DatabaseAway | None:
    """The refusal for a driver's error, or for the error around it; None where it is a mistake."""
    cause = getattr(error, "orig", None) or error
    if not _is_away(cause):
        return None
    meters.DATABASE_AWAY.add()
    _log.error("database.away", exc_info=cause)
    return DatabaseAway(
        "The database cannot be reached just now; nothing was changed.",
        hint=f"Try again in {_AGAIN_S} seconds.",
        retry_after_s=_AGAIN_S,
    )


def unsure(error: OSError) -> DatabaseAway:
    """The refusal where something was committed and the disk did not take it."""
    _log.error("database.not_synced", exc_info=error)
    return DatabaseAway(
        "It was done, but cannot be promised to last: the disk did not confirm it.",
        hint=f"Look whether it is there in {_AGAIN_S} seconds, or repeat its idempotency key.",
        retry_after_s=_AGAIN_S,
    )


def is_read_only(error: BaseException) -> bool:
    """Whether the driver says that nothing can be written over this connection."""
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
    return getattr(error, "sqlstate", None) == _READ_ONLY


def _is_away(error: BaseException) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE
    if type(error).__module__.partition(".")[0] != "psycopg":
        return False
    state = getattr(error, "sqlstate", None)
    if state is None:  # no answer at all: the connection was refused or broke
        return type(error).__name__ == "OperationalError"
    return bool(state.startswith(_POSTGRESQL))
