"""A file that is written whole or not at all, and read by nobody but its owner."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.adapters.backups.place import BackupRefused
from app.kit import ids


@contextmanager
def written(file: Path, *, force: bool) -> Iterator[Path]:
    """An empty file beside the wanted one, which takes its place when the block ends well."""
    _refuse_taken(file, force=force)
    beside = file.with_name(f".{file.name}.{ids.new('tmp')}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield beside
        sync(beside)
        _refuse_taken(file, force=force)
        beside.replace(file)
        sync(file.parent)
    except OSError as error:
        raise BackupRefused(f"Cannot write {file}: {error.strerror}.") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _refuse_taken(file: Path, *, force: bool) -> None:
    if file.is_dir():
        raise BackupRefused(f"{file} is a folder.", hint="Name the file to write.")
    if file.exists() and not force:
        raise BackupRefused(f"{file} is there already.", hint="Name another, or add --force.")
