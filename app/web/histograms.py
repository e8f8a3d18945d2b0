"""The bars of an answer from 0 to 10, with the mean and its range above them."""

from collections.abc import Sequence
from typing import NamedTuple

_BAR, _STEP, _LEFT = 20, 28, 4
_BASE, _TALLEST = 154, 108


class Bar(NamedTuple):
    """How many people gave one answer, and where its bar stands."""

    answer: int
    people: int
    x: int
    y: float
    height: float


class Histogram(NamedTuple):
    """Eleven bars, and the mean with its range above them."""

    bars: list[Bar]
    low: float
    mean: float
    high: float


def histogram(counts: Sequence[int], low: float, mean: float, high: float) -> Histogram:
    """The bars of the answers 0 to 10."""
    most = max(*counts, 1)
    heights = [round(_TALLEST * count / most, 1) for count in counts]
    bars = [
        Bar(answer, counts[answer], _LEFT + _STEP * answer, round(_BASE - height, 1), height)
        for answer, height in enumerate(heights)
    ]
    return Histogram(bars, _across(low), _across(mean), _across(high))


def _across(answer: float) -> float:
    return round(_LEFT + _BAR / 2 + _STEP * answer, 1)
