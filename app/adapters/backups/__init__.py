"""Backups: one file each, in the database's own form, that its own tools can read too."""

from pathlib import Path

from sqlalchemy import make_url

from app.adapters.backups.place import BackupRefused, Place
from app.adapters.backups.postgresql import PostgresPlace
from app.adapters.backups.sqlite import SqlitePlace

__all__ = ["BackupRefused", "Place", "check_kind", "place"]

_KINDS = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def place(database_url: str) -> Place:
    """The database of an installation as backups see it."""
    url = make_url(database_url)
    return SqlitePlace(url) if url.get_backend_name() == "sqlite" else PostgresPlace(url)


def check_kind(file: Path, wanted: Place) -> None:
    """Refuse what is no backup, or one of the other kind of database."""
    try:
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError as error:
        raise BackupRefused(f"Cannot read {file}: {error.strerror}.") from None
    kind = next((kind for magic, kind in _KINDS.items() if head.startswith(magic)), None)
    if kind is None:
        raise BackupRefused(f"{file} is no backup of Polis.", hint="Give what polis backup wrote.")
    if kind != wanted.kind:
        raise BackupRefused(
            f"{file} is a backup of {_NAMES[kind]}, and POLIS_DATABASE_URL names "
            f"{_NAMES[wanted.kind]}.",
            hint="Set POLIS_DATABASE_URL to a database of the backup's kind.",
        )
