"""Each place where an installation keeps something, as bytes to be searched."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from sqlalchemy import MetaData, create_engine, inspect, text

from tests.databases import Copies, Postgres
from tests.flows.keeping import PATH as PROGRAMS_PATH
from tests.flows.keeping import unpacked
from tests.served import Served, commanded

# What would be found if it were kept: as text, and in a column of bytes.
PLANTED = ("canary-planted-as-text-5c11e8", "canary-planted-as-bytes-90ad27")
OURS = re.compile(r"(demo\.json|secret_key|serve\.log)$")  # the operator's own, or looked at apart
_AHEAD = re.compile(r"-wal$|/pg_wal/")
_WORDS = re.compile(rb"[ -~]{8,}")


class Kept(NamedTuple):
    """An installation, and every folder that is its own: its instance's, its database server's."""

    served: Served
    server: Postgres | None

    @property
    def url(self) -> str:
        given = self.served.environment["POLIS_DATABASE_URL"]
        return given.replace("postgresql://", "postgresql+psycopg://")

    def do(self, *statements: str, **facts: object) -> None:
        """What no request of anybody can do."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            for each in statements:
                connection.execute(text(each), facts)
        engine.dispose()

    def plant(self) -> None:
        kind = "BYTEA" if self.server else "BLOB"
        words, octets = PLANTED
        self.do(f"CREATE TABLE planted (words TEXT, octets {kind})")
        self.do("INSERT INTO planted VALUES (:w, :o)", w=words, o=octets.encode())

    def running(self) -> dict[str, bytes]:
        """Files as they are while it runs: SQLite folds what it wrote ahead in at the end."""
        self._checkpoint()
        ahead = [each for each in self._files() if _AHEAD.search(str(each))]
        assert ahead, "nothing was written ahead"
        return {"files while it runs": read(self._files()), "written ahead": read(ahead)}

    def ended(self) -> dict[str, bytes]:
        """What is left of it, and what `polis backup` takes away, in plain words."""
        self._checkpoint()
        kept = self.served.folder / "taken.backup"
        places = {"rows": self._rows(), "files": read(self._files())}
        commanded({**self.served.environment, "PATH": PROGRAMS_PATH}, "backup", str(kept))
        return {**places, "backup": unpacked(kept)}

    def _files(self) -> list[Path]:
        folders = [self.served.folder, *([Path(self.server.folder)] if self.server else [])]
        found = (each for folder in folders for each in folder.rglob("*") if each.is_file())
        return [each for each in found if not OURS.search(each.name)]

    def _checkpoint(self) -> None:
        """PostgreSQL writes its rows into its files now and then, or when it is told to."""
        if self.server:
            with psycopg.connect(self.server.url, autocommit=True) as connection:
                connection.execute("CHECKPOINT")

    def _rows(self) -> bytes:
        """Everything the database holds, row by row."""
        engine, tables = create_engine(self.url), MetaData()
        tables.reflect(engine)
        found = []
        with engine.connect() as connection:
            for table in tables.sorted_tables:
                for row in connection.execute(table.select()):
                    found += [
                        each if isinstance(each, bytes) else str(each).encode() for each in row
                    ]
            assert len(inspect(connection).get_table_names()) > 20
        engine.dispose()
        return b"\0".join(found)


@contextmanager
def database(kind: str, copies: Copies, folder: Path) -> Iterator[tuple[str, Postgres | None]]:
    """A database's address; of PostgreSQL with a server of its own, whose every file is ours."""
    if kind == "sqlite":
        yield copies.fresh(kind, folder), None
        return
    server = Postgres()
    try:
        yield server.url, server
    finally:
        server.stop()


def read(files: list[Path]) -> bytes:
    """What can be read in them: most bytes of a database are none of anybody's words."""
    return b"\0".join(word for each in files for word in _WORDS.findall(_read(each)))


def holds(held: bytes, secret: str) -> bool:
    """As it is, or as PostgreSQL spells a column of bytes."""
    return secret.encode() in held or secret.encode().hex().encode() in held


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # a running server's, gone since it was listed
        return b""
