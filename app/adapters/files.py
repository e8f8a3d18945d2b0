"""Files under the instance folder that nobody but us can read."""

from collections.abc import Callable, Collection
from pathlib import Path

_EXPORTS = "exports"
_HALF = ".half"


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
