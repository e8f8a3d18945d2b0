"""Numbers a process counts, in a mapped file that others read while it lives and after.

The file is of doubles: how many are used, then one record a series: the length of its name, its
name, how many numbers it has, its numbers. A process writes its own file alone, and one number is
written at once, so that nobody reads half of it.
"""

import mmap
import threading
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from app.kit import logs

WORDS = 64 * 1024  # half a MiB: several times what every route, tool and kind need
_log = logs.logger("metrics")


class Tally:
    """One process's numbers; in memory alone where it is given no file."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._file = file
        self._buffer = mmap.mmap(-1 if file is None else file.fileno(), WORDS * 8)
        self._words = memoryview(self._buffer).cast("d")
        self._places: dict[tuple[str, ...], int] = {}
        self._lock = threading.Lock()
        self._full = False
        self._words[0] = self._words[0] or 1.0

    def add(self, series: tuple[str, ...], width: int, *changes: tuple[int, float]) -> None:
        """Raise some of the `width` numbers of a series."""
        with self._lock:
            at = self._places.get(series)
            if at is None:
                at = self._places[series] = self._opened("\x1f".join(series).encode(), width)
            if at:
                for place, amount in changes:
                    self._words[at + place] += amount

    def read(self) -> Iterator[tuple[tuple[str, ...], Sequence[float]]]:
        """Every series and its numbers, as they are now."""
        return read(self._buffer)

    def _opened(self, name: bytes, width: int) -> int:
        """Where the numbers of a new series begin; 0 where there is no room for them."""
        at, letters = int(self._words[0]), -(-len(name) // 8)
        ends = at + 2 + letters + width
        if ends > WORDS:
            if not self._full:
                _log.warning("metrics.full", series=name.decode())
            self._full = True
            return 0
        self._words[at] = len(name)
        self._buffer[8 * (at + 1) : 8 * (at + 1) + len(name)] = name
        self._words[at + 1 + letters] = width
        self._words[0] = ends  # last, so that a reader sees whole records
        return at + 2 + letters


def read(buffer: bytes | mmap.mmap) -> Iterator[tuple[tuple[str, ...], Sequence[float]]]:
    """Every series of a file and its numbers; none of one that was never finished."""
    if len(buffer) < WORDS * 8:
        return
    words = memoryview(buffer[:]).cast("d")
    at, ends = 1, int(words[0])
    while at < ends:
        length = int(words[at])
        letters = -(-length // 8)
        name = bytes(words.cast("B")[8 * (at + 1) : 8 * (at + 1) + length]).decode()
        at += 1 + letters
        width = int(words[at])
        yield tuple(name.split("\x1f")), words[at + 1 : at + 1 + width].tolist()
        at += 1 + width
