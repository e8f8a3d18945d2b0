"""Files under the instance folder that nobody but us can read."""

import os
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.settings import BadSettings

_EXPORTS = "exports"
_HALF = ".half"


def private(folder: Path) -> None:
    """See to it that nobody else can enter our folder or read what is in it, or will be."""
    os.umask(0o077)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for each in folder.iterdir():
            with suppress(FileNotFoundError):  # logs of SQLite come and go
                if not each.is_symlink():
                    each.chmod(0o700 if each.is_dir() else 0o600)
    except OSError as error:
        raise BadSettings(
            f"Cannot use {folder}: {error.strerror}. Set POLIS_INSTANCE_DIR to a folder of yours."
        ) from None


def local_secret(folder: Path) -> str:
    """Development's own secret, made once and readable by its owner alone."""
    path = folder / "secret_key"
    if not path.exists():
        with _beside(path, secrets.token_urlsafe(48)) as whole, suppress(FileExistsError):
            os.link(whole, path)  # of two that begin at once, the first one's is both's
    secret = path.read_text().strip()
    if not secret:
        raise BadSettings(f"{path} is empty. Remove it, and a secret is made anew.")
    return secret


def write_private(path: Path, text: str) -> None:
    """Write a file nobody else can read, in a folder nobody else can enter; all of it at once."""
    with _beside(path, text) as whole:
        whole.replace(path)


def export(folder: Path, export_id: str) -> Path:
    """Where the file of an export lies."""
    return folder / _EXPORTS / f"{export_id}.zip"


def written(path: Path, write: Callable[[Path], None]) -> int:
    """Have a file written beside its place and put there whole; gives its size."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(_HALF)
    half.touch(mode=0o600)
    half.chmod(0o600)
    write(half)
    half.replace(path)
    return path.stat().st_size


def forget_exports(folder: Path, living: Collection[str]) -> None:
    """Remove every export but these."""
    for path in (folder / _EXPORTS).glob("exp_*"):
        if path.stem not in living:
            path.unlink(missing_ok=True)


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """A text under a name of its own, until it has its place: nobody reads a half of it."""
    private(path.parent)
    whole = path.with_suffix(f".{secrets.token_hex(8)}{_HALF}")
    try:
        whole.touch(mode=0o600)
        whole.write_text(text)
        yield whole
    except OSError as error:
        raise BadSettings(
            f"Cannot write {path}: {error.strerror}. Set POLIS_INSTANCE_DIR to a folder of yours."
        ) from None
    finally:
        whole.unlink(missing_ok=True)
