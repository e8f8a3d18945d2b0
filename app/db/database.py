"""One database, two kinds of transaction: reading, and writing. Nobody else commits."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, ExceptionContext, Executable, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.db.after_commit import happen
from app.db.away import away, is_read_only, unsure
from app.db.brief import Brief
from app.db.durable import Durable, sync
from app.db.lane import Lane
from app.db.turns import BUSY_MS, Turns

_LOG_PAGES = 4000  # 16 MiB of log between two of the long waits that copying it back is
_WRITES, _PATIENCE = "polis_writes", "polis_patience_s"
_PROBED_WITHIN_S = 2.0


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
        self._turns = Turns(f"{self.url.database}-turn") if self.sqlite else None
        if self._turns is not None:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", partial(_begin_sqlite, self._turns))
        event.listen(self.engine, "handle_error", _renew_read_only)
        self.lane = Lane(self.engine, self._turns)
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
        with self._turn(), self._told(), Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()
            self._leave()
        self._keep()
        happen(session)

    @contextmanager
    def brief(self) -> Iterator[Brief]:
        """The same without a session, for a few statements that were compiled before."""
        with self._told(), self.lane.brief() as brief:
            yield brief
        self._keep()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A writing transaction without a session, for statements that change tables themselves."""
        with self._turn(), self._writer.begin() as connection:
            yield connection

    def probe(self, write: Executable) -> None:
        """Refused wherever any write would be; what it writes is undone."""
        patient = self._writer.execution_options(**{_PATIENCE: _PROBED_WITHIN_S})
        with self._turn(), self._told(), patient.connect() as connection:
            connection.execute(write)

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

    def dispose(self) -> None:
        """Close every connection."""
        self.lane.close()
        self.engine.dispose()
        if self._turns is not None:
            self._turns.close()

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

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Whatever happens, the next one may write; a turn is taken where something is written."""
        try:
            yield
        finally:
            self._leave()

    def _keep(self) -> None:
        """What was committed is read by everybody, and may yet be lost with the power."""
        if self._durable is None:
            return
        try:
            self._durable.wait()
        except OSError as error:
            raise unsure(error) from error

    def _leave(self) -> None:
        if self._turns is not None:
            self._turns.leave()


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """WAL lets readers read while one writes; decisions/0009 has the rest."""
    connection.isolation_level = None  # sqlite3 itself never begins; we do
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",  # app/db/durable.py syncs, when others may write again
        f"wal_autocheckpoint={_LOG_PAGES}",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # or REPLACE would pass by what keeps a table append-only
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(turns: Turns, connection: Connection) -> None:
    """A writer locks at BEGIN: reading first and writing later can meet a stale snapshot."""
    options = connection.get_execution_options()
    writes, patience = options.get(_WRITES), options.get(_PATIENCE)
    if writes:
        turns.take(patience)
    cursor = connection.connection.cursor()
    try:
        if patience is not None:
            cursor.execute(f"PRAGMA busy_timeout={round(patience * 1000)}")
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    finally:
        if patience is not None:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.close()


def _renew_read_only(context: ExceptionContext) -> None:
    """A connection that was opened while nothing could be written would stay as it is for ever."""
    if is_read_only(context.original_exception):
        context.is_disconnect = True
