"""One database, two kinds of transaction: reading, and writing. Nobody else commits."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.db import turns
from app.db.after_commit import happen
from app.db.away import away
from app.db.durable import Durable, sync
from app.db.lane import Lane

_BUSY_MS = 10_000
_LOG_PAGES = 4000  # 16 MiB of log between two of the long waits that copying it back is
_WRITES = "polis_writes"


class Database:
    """Opens transactions on SQLite or PostgreSQL with the rules each of them needs."""

    def __init__(self, url: str, *, pool_size: int = 12) -> None:
        self.url = make_url(url)
        self.engine = create_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=8,
            pool_pre_ping=not self.sqlite,
            hide_parameters=True,  # an error is logged, and what customers sent is not
        )
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self.lane = Lane(self.engine)
        self._durable = Durable(partial(sync, f"{self.url.database}-wal")) if self.sqlite else None
        self._idle = threading.local()
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite; everything else is PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing session: committed on return, rolled back by whatever is raised."""
        with self._told(), Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()
        if self._durable is not None:
            self._durable.wait()
        happen(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: it never waits for a writer and never commits.

        A thread's session is kept for its next reader: many a call finds all it needs in its
        caller and asks the database nothing, and should not pay for a session's birth and death.
        """
        session, self._idle.session = getattr(self._idle, "session", None), None
        if session is None:
            session = Session(self.engine, expire_on_commit=False, autoflush=False)
        try:
            with self._told():
                yield session
        finally:
            if session.in_transaction():
                session.close()
            self._idle.session = session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A reading session that sees one moment, however long it reads and whoever writes."""
        with self.reading() as session:
            if not self.sqlite:  # whose readers see a snapshot anyway
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """SQLAlchemy wraps what the driver says, but not what our own BEGIN meets."""
        try:
            yield
        except (DBAPIError, self.engine.dialect.loaded_dbapi.OperationalError) as error:
            refusal = away(error)
            if refusal is None:
                raise
            raise refusal from error

    def dispose(self) -> None:
        """Close every connection."""
        self.lane.close()
        self.engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """WAL lets readers read while one writes; decisions/0009 has the rest."""
    connection.isolation_level = None  # sqlite3 itself never begins; we do
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",  # app/db/durable.py syncs, when others may write again
        f"wal_autocheckpoint={_LOG_PAGES}",
        f"busy_timeout={_BUSY_MS}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer locks at BEGIN: reading first and writing later can meet a stale snapshot."""
    cursor = connection.connection.cursor()
    if connection.get_execution_options().get(_WRITES):
        cursor.execute(f"PRAGMA busy_timeout={turns.TURN_MS}")
        turns.in_turn(lambda: cursor.execute("BEGIN IMMEDIATE"))
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    else:
        cursor.execute("BEGIN")
    cursor.close()
