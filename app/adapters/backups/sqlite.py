"""Backups of an SQLite file: a copy of one moment, as SQLite itself makes it (VACUUM INTO)."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import URL

from app.adapters.backups import whole
from app.adapters.backups.place import Asked, BackupRefused, damaged
from app.db import Database
from app.kit import ids

_BESIDE = ("-wal", "-shm")
_QUEUE = "-turn"  # of its writers (decisions/0032); the file that is replaced keeps its own
_WAIT_S = 30.0


class SqlitePlace(Asked):
    """One file."""

    kind: ClassVar[str] = "sqlite"

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")

    def dump(self, to: Path) -> None:
        """In one reading transaction: writers go on, and nothing of theirs is half in it."""
        if not self._file.exists():
            raise BackupRefused(
                f"There is no database at {self._file}.", hint="See POLIS_DATABASE_URL."
            )
        try:
            with closing(_opened(self._file, "rw", _WAIT_S)) as source:
                source.execute("VACUUM INTO ?", (str(to),))
        except sqlite3.Error as error:
            raise BackupRefused(f"SQLite could not copy {self._file}: {error}.") from error
        _check(to, self._file)

    def revision(self, file: Path) -> str:
        """Read from the file alone, without any beside it."""
        try:
            with closing(_opened(file, "ro&immutable=1")) as opened:
                (found,) = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise damaged(file, str(error)) from error
        return str(found)

    def tables(self) -> set[str]:
        """As SQLite lists them."""
        return {
            str(name)
            for (name,) in self._asked("SELECT name FROM sqlite_master WHERE type = 'table'")
        }

    def others(self) -> str:
        """Nobody gets a database in WAL for themselves while another process has it open."""
        if not self._file.exists():
            return ""
        with closing(_opened(self._file, "rw")) as alone:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE")
            try:
                alone.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                return "Another process has the database open"
            alone.execute("ROLLBACK")
        return ""

    @contextmanager
    def replaced(self, file: Path) -> Iterator[Database]:
        """Made ready beside the database's file, whose place it takes in one step."""
        with self._copied(file, self._file.parent) as copy:
            database = Database(f"sqlite:///{copy}")
            try:
                yield database
                _fold(copy)
            finally:
                database.dispose()
            whole.sync(copy)
            for side in _BESIDE:
                _side(self._file, side).unlink(missing_ok=True)
            copy.replace(self._file)
            whole.sync(self._file.parent)

    @contextmanager
    def beside(self, file: Path) -> Iterator[Database]:
        """A copy beside the backup."""
        with self._copied(file, file.parent) as copy:
            database = Database(f"sqlite:///{copy}")
            try:
                yield database
            finally:
                database.dispose()

    @contextmanager
    def _copied(self, file: Path, folder: Path) -> Iterator[Path]:
        copy = folder / f".{ids.new('tmp')}.db"
        try:
            copy.touch(mode=0o600)
            shutil.copyfile(file, copy)
            _check(copy, file)
            yield copy
        except OSError as error:
            raise BackupRefused(f"Cannot write into {folder}: {error.strerror}.") from error
        finally:
            for each in (copy, *(_side(copy, side) for side in (*_BESIDE, _QUEUE))):
                each.unlink(missing_ok=True)

    def _asked(self, question: str) -> list[Any]:
        if not self._file.exists():
            return []
        with closing(_opened(self._file, "rw", _WAIT_S)) as opened:
            return opened.execute(question).fetchall()


def _opened(file: Path, mode: str, wait_s: float = 0.0) -> sqlite3.Connection:
    """A file that is there; none is made."""
    quoted = file.absolute().as_uri()
    return sqlite3.connect(f"{quoted}?mode={mode}", uri=True, timeout=wait_s, isolation_level=None)


def _check(copy: Path, file: Path) -> None:
    """Refuse a copy whose pages do not fit together."""
    try:
        with closing(_opened(copy, "rw")) as opened:
            (said,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise damaged(file, str(error)) from error
    if said != "ok":
        raise damaged(file, said)


def _fold(file: Path) -> None:
    """Bring what was written beside a database into its file."""
    with closing(_opened(file, "rw", _WAIT_S)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _side(file: Path, side: str) -> Path:
    return file.with_name(file.name + side)
