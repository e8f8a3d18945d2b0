"""Schemata compiled to frames, filtered for a speaker, and filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.panel.streams import Stream

_CHOICE = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_LOOSE = frozenset(("w", "v", "k", "c", "me", "scene", "trade", "pos", "wish"))
_MARK = re.compile(r"^([a-z]): ")


@dataclass(frozen=True, slots=True)
class Frame:
    """One schema: fixed text and choices in turn, the slots it needs, whose manner it is."""

    text: str
    mark: str
    parts: tuple[tuple[str, ...], ...]
    slots: frozenset[str]
    size: int  # how many wordings its choices allow
    loose: bool  # whether a plain word is dropped into it, which may double one of its own

    def wording(self, turn: int) -> str:
        """The schema with its choices taken by the digits of `turn`."""
        words = []
        for choices in self.parts:
            words.append(choices[turn % len(choices)])
            turn //= len(choices)
        return "".join(words)


Card = tuple[Frame, int]  # a frame with one of its wordings
Deck = tuple[Card, ...]


def compile_frame(schema: str) -> Frame:
    """A schema's frame."""
    marked = _MARK.match(schema)
    text = schema[marked.end() :] if marked else schema
    parts = tuple(
        tuple(run.split("|")) if i % 2 else (run,) for i, run in enumerate(_CHOICE.split(text))
    )
    size = 1
    for choices in parts:
        size *= len(choices)
    slots = frozenset(_SLOT.findall(text))
    return Frame(text, marked[1] if marked else "", parts, slots, size, bool(slots & _LOOSE))


@lru_cache(maxsize=8192)
def eligible(schemata: tuple[str, ...], tags: str, slots: frozenset[str]) -> tuple[Frame, ...]:
    """The frames a speaker of this manner can fill, in their order."""
    frames = [compiled(schema) for schema in schemata]
    return tuple(f for f in frames if (not f.mark or f.mark in tags) and f.slots <= slots)


@lru_cache(maxsize=8192)
def deck(schemata: tuple[str, ...], tags: str, slots: frozenset[str]) -> Deck:
    """Every frame with every wording, neighbours as unlike as can be."""
    frames = eligible(schemata, tags, slots)
    rounds = max((frame.size for frame in frames), default=0)
    return tuple((f, turn) for turn in range(rounds) for f in frames if turn < f.size)


def permuted(position: int, size: int) -> int:
    """Where a permutation of `range(size)` takes a position: near seats land far apart."""
    return position * _coprime(size) % size


@lru_cache(maxsize=4096)
def spread(seed: int, name: str) -> int:
    """Where a run starts its permutation, so that seat 1 is not always given the same frame."""
    return Stream("embedded", seed, "frames", name).below(1 << 20)


@lru_cache(maxsize=4096)
def _coprime(size: int) -> int:
    stride = size * 618 // 1000 | 1
    while _common(stride, size) > 1:
        stride += 1
    return stride


def _common(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


compiled = lru_cache(maxsize=4096)(compile_frame)


def wordings(schemata: Sequence[str]) -> int:
    """How many different sentences some schemata can give before any slot is filled."""
    return sum(compile_frame(schema).size for schema in schemata)
