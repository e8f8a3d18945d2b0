"""Random numbers that depend on names alone: the same on every machine, in any order of asking."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

_WORDS = 4  # 64-bit words in one SHA-256 digest


class Stream:
    """A stream of draws keyed by a name; numpy's distributions are not stable, these are."""

    __slots__ = ("_counter", "_key", "_words")

    def __init__(self, *name: object) -> None:
        self._key = "|".join(map(str, name)).encode()
        self._counter = 0
        self._words: list[int] = []

    def word(self) -> int:
        """The next 64 bits."""
        if not self._words:
            block = sha256(self._key + b"#%d" % self._counter).digest()
            self._words = [int.from_bytes(block[i * 8 : i * 8 + 8], "big") for i in range(_WORDS)]
            self._counter += 1
        return self._words.pop()

    def unit(self) -> float:
        """A number in [0, 1) with 53 bits."""
        return (self.word() >> 11) * 2.0**-53

    def below(self, bound: int) -> int:
        """An integer in [0, bound)."""
        return self.word() * bound >> 64

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]
