"""Intervals for shares and means: the sampling error of a simulation, nothing more."""

from collections.abc import Sequence
from math import sqrt

from app.domain.panel.noise import total

Z = 1.959963984540054  # 95 %


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The Wilson interval of a share."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    spread = Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return round(max(middle - spread, 0.0), 4), round(min(middle + spread, 1.0), 4)


def mean(values: Sequence[float]) -> float:
    """The mean, nought of nothing."""
    return total(values) / len(values) if values else 0.0


def spread(values: Sequence[float]) -> float:
    """The standard deviation of a sample."""
    if len(values) < 2:  # one value has no spread
        return 0.0
    middle = mean(values)
    return sqrt(total((value - middle) * (value - middle) for value in values) / (len(values) - 1))


def around_mean(values: Sequence[float]) -> tuple[float, float]:
    """The normal interval of a mean."""
    middle = mean(values)
    reach = Z * spread(values) / sqrt(len(values)) if values else 0.0
    return middle - reach, middle + reach
