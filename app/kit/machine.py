"""What all processes of a machine count, added up: one file each in a folder they share.

A file is locked as long as its process lives. What a dead one has counted is kept in `ended`, so
that nothing falls when one of several is replaced; the first to come after all have gone begins
at nothing.
"""

import fcntl
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.kit import tally
from app.kit.tally import WORDS, Tally

Sums = dict[tuple[str, ...], list[float]]
FOLDER = "metrics"
_ENDED = "ended"


class Machine:
    """The folder of one installation on this machine."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / FOLDER

    def join(self, kind: str) -> Tally:
        """A tally for this process that the others can read."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            if not any(_lives(path) for path in self._files()):
                self._forget()
            path = self._folder / f"{kind}-{secrets.token_hex(8)}"
            path.touch(mode=0o600, exist_ok=False)
            file = path.open("r+b", buffering=0)
            file.write(bytes(WORDS * 8))  # room on the disk now: a mapped page cannot be refused
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return Tally(file)

    def sums(self) -> tuple[Sums, Counter[str]]:
        """Every series of this machine, and how many processes of each kind live."""
        summed: Sums = {}
        living: Counter[str] = Counter()
        if not self._folder.is_dir():
            return summed, living
        with self._locked():
            self._fold()
            for path in [*self._files(), self._folder / _ENDED]:
                _add(summed, path)
            living.update(path.name.partition("-")[0] for path in self._files())
        return summed, living

    def _fold(self) -> None:
        """Keep what the dead have counted, and drop their files."""
        dead = [path for path in self._files() if not _lives(path)]
        if not dead:
            return
        summed: Sums = {}
        for path in (self._folder / _ENDED, *dead):
            _add(summed, path)
        fresh = self._folder / f"{_ENDED}.new"
        fresh.touch(mode=0o600)
        with fresh.open("w+b") as file:
            file.write(bytes(WORDS * 8))
            file.flush()
            kept = Tally(file)
            for series, numbers in summed.items():
                kept.add(series, len(numbers), *enumerate(numbers))
        fresh.replace(self._folder / _ENDED)
        for path in dead:
            path.unlink()

    def _forget(self) -> None:
        for path in [*self._files(), self._folder / _ENDED]:
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if "-" in path.name]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._folder / "lock"
        lock.touch(mode=0o600)
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _lives(path: Path) -> bool:
    """Whether whoever writes a file still holds it."""
    with path.open("rb") as file:
        return not _got(file)


def _got(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _add(summed: Sums, path: Path) -> None:
    if not path.exists():
        return
    for series, numbers in tally.read(path.read_bytes()):
        before = summed.get(series, [0.0] * len(numbers))
        if len(before) == len(numbers):  # else of another version, with other buckets
            summed[series] = [one + other for one, other in zip(before, numbers, strict=True)]
