"""The people who are on several panels: only they can be asked which version they like better."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Seated(Protocol):
    """Somebody's answer, by the number of their seat."""

    @property
    def number(self) -> int:
        """The seat."""


S = TypeVar("S", bound=Seated)


def in_every(panels: Sequence[Sequence[S]]) -> list[list[S]]:
    """The panels without those whom one of them has lost; seat by seat the same people."""
    seats = [{one.number for one in panel} for panel in panels]
    common = set.intersection(*seats)
    return [[one for one in panel if one.number in common] for panel in panels]
