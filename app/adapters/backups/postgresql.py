"""Backups of a PostgreSQL database: a custom archive of pg_dump, which sees one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, ClassVar

import psycopg
from psycopg import sql
from sqlalchemy import URL

from app.adapters.backups import programs
from app.adapters.backups.place import Asked, BackupRefused, damaged
from app.db import Database
from app.kit import ids

_SCHEMA = "public"
_FUNCTIONS = ("refuse_change", "sum_by_month")  # of our triggers; they do not go with the tables
_AS_IT_IS = ("--no-owner", "--no-privileges", f"--schema={_SCHEMA}")
_CLOSING = 20  # tenths of a second: a server sees later than a client that it hung up
_CONNECTED = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() "
    "AND coalesce(backend_type, 'client backend') = 'client backend'"
)
_QUEUE = "--exclude-table=huey*"  # word of work whose rows are in the backup


class PostgresPlace(Asked):
    """One database of a server."""

    kind: ClassVar[str] = "postgresql"

    def __init__(self, url: URL) -> None:
        self._url = url

    def dump(self, to: Path) -> None:
        """In one snapshot: writers go on, and nothing of theirs is half in it."""
        if not self.tables():
            raise BackupRefused(
                "There is no table in this database.", hint="See POLIS_DATABASE_URL."
            )
        program = programs.found("pg_dump", self._server())
        which = [*_AS_IT_IS, _QUEUE, f"--dbname={programs.address(self._url)}"]
        programs.run(self._url, [program, "--format=custom", *which, f"--file={to}"])

    def revision(self, file: Path) -> str:
        """Read from the archive alone."""
        program = programs.found("pg_restore", self._server())
        only = ["--data-only", "--table=alembic_version", "--file=-", str(file)]
        try:
            lines = programs.run(self._url, [program, *only]).splitlines()
        except BackupRefused as error:
            raise damaged(file, error.message.rstrip(".")) from error
        begins = [number for number, line in enumerate(lines) if line.startswith("COPY ")]
        if not begins or lines[begins[0] + 1] == "\\.":
            raise damaged(file, "it names no schema")
        return lines[begins[0] + 1].strip()

    def tables(self) -> set[str]:
        """As PostgreSQL lists them."""
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
        return {str(name) for (name,) in self._asked(listed, _SCHEMA)}

    def others(self) -> str:
        """Connections of others to this very database; one that is being closed is waited for."""
        pause = Event()
        for _ in range(_CLOSING):
            [(count,)] = self._asked(_CONNECTED)
            if not count:
                return ""
            pause.wait(0.1)
        return f"Others have the database open ({count} connections)"

    @contextmanager
    def replaced(self, file: Path) -> Iterator[Database]:
        """What is there is moved aside, and back again unless all ends well."""
        aside = f"polis_before_{ids.new('r')[2:]}" if self.tables() else ""
        if aside:
            self._move(f"ALTER SCHEMA {_SCHEMA} RENAME TO {aside}", f"CREATE SCHEMA {_SCHEMA}")
        well = False
        try:
            with self._restored(file, self._url) as database:
                yield database
            well = True
        finally:
            self._settle(aside, well=well)

    @contextmanager
    def beside(self, file: Path) -> Iterator[Database]:
        """A database of its own on the same server, for whoever may make one."""
        name = f"polis_check_{ids.new('r')[2:]}"
        try:
            self._move(f"CREATE DATABASE {name}")
        except psycopg.errors.InsufficientPrivilege:
            raise BackupRefused(
                "This user may not make a database to check the backup in.",
                hint="Give an empty one by POLIS_DATABASE_URL, and restore into it.",
            ) from None
        try:
            with self._restored(file, self._url.set(database=name)) as database:
                yield database
        finally:
            self._move(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @contextmanager
    def _restored(self, file: Path, url: URL) -> Iterator[Database]:
        program = programs.found("pg_restore", self._server())
        which = [*_AS_IT_IS, f"--dbname={programs.address(url)}", str(file)]
        programs.run(url, [program, "--single-transaction", "--exit-on-error", *which])
        database = Database(url.render_as_string(hide_password=False))
        try:
            yield database
        finally:
            database.dispose()

    def _settle(self, aside: str, *, well: bool) -> None:
        if well:
            self._move("ANALYZE", *([f"DROP SCHEMA {aside} CASCADE"] if aside else []))
        elif aside:
            self._move(
                f"DROP SCHEMA {_SCHEMA} CASCADE", f"ALTER SCHEMA {aside} RENAME TO {_SCHEMA}"
            )
        else:
            gone = [sql.Identifier(_SCHEMA, name).as_string() for name in self.tables()]
            tables = [f"DROP TABLE {', '.join(gone)} CASCADE"] if gone else []
            functions = (f"DROP FUNCTION IF EXISTS {each}()" for each in _FUNCTIONS)
            self._move(*tables, *functions)

    def _move(self, *statements: str) -> None:
        """All of them or none; one alone may be what no transaction takes."""
        with psycopg.connect(self._dsn, autocommit=len(statements) == 1) as connection:
            for statement in statements:
                connection.execute(statement)

    def _asked(self, question: str, *values: str) -> list[Any]:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            return connection.execute(question, values or None).fetchall()

    def _server(self) -> int:
        with psycopg.connect(self._dsn) as connection:
            return connection.info.server_version // 10_000

    @property
    def _dsn(self) -> str:
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)
