"""When this installation was last backed up: the time of an empty file in its folder."""

from pathlib import Path

_MARK = "last_backup"


def mark(folder: Path) -> None:
    """A backup is there, whole, as of now."""
    (folder / _MARK).touch(mode=0o600)


def made(folder: Path) -> float:
    """When, in seconds of Unix time; 0 where none was made."""
    try:
        return (folder / _MARK).stat().st_mtime
    except OSError:  # none yet, or no folder to look into
        return 0.0
