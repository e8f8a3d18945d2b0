"""How right held-out odds are: shares with intervals over whole groups, ceilings, calibration."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fitting.pairs import Pair
from fitting.solve import Floats, steepness

Mask = NDArray[np.bool_]
_RESAMPLES, _SLOPES, _SEED, _BINS = 2_000, 200, 7, 5
_SAME = 1e-9


def right(apart: Floats, won: Mask) -> Floats:
    """1 where the preferred one was told, a half where no difference was seen."""
    made: Floats = np.where(np.abs(apart) < _SAME, 0.5, (apart > 0) == won)
    return made


def by_length(longer: Floats, won: Mask, fold_of: Sequence[int]) -> Floats:
    """Longer, or shorter, whichever was right more often on the other folds."""
    fold, found = np.array(fold_of), right(longer, won)
    made = np.zeros(len(won))
    for number in set(fold_of):
        mine = fold == number
        made[mine] = found[mine] if found[~mine].mean() >= 0.5 else 1 - found[mine]
    return made


def interval(found: Floats, mine: Mask, groups: Sequence[str]) -> list[float]:
    """95 % of a share in percent, by drawing whole groups again."""
    numbers = np.unique(np.array(groups)[mine], return_inverse=True)[1]
    sums, counts = np.bincount(numbers, found[mine]), np.bincount(numbers)
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_RESAMPLES, len(counts)))
    drawn = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return [round(100 * float(low), 1), round(100 * float(high), 1)]


def ceiling(pairs: Sequence[Pair]) -> Floats:
    """How sure a judge who knew the true rates would agree with the counts (empirical Bayes)."""
    seen = np.array([pair.preference for pair in pairs])
    noise = np.array([1 / pair.weight for pair in pairs])
    spread = max(float((seen**2 - noise).mean()), 1e-9)
    middle, wide = seen * spread / (spread + noise), np.sqrt(spread * noise / (spread + noise))
    return np.array(
        [0.5 * (1 + math.erf(abs(m) / s / math.sqrt(2))) for m, s in zip(middle, wide, strict=True)]
    )


def calibration(apart: Floats, won: Mask, fold: NDArray[np.int_]) -> dict[str, object]:
    """Stated and found, in fifths of the pairs by how sure the odds are; odds of other folds."""
    odds = np.zeros(len(apart))
    for number in set(fold.tolist()):
        mine = fold == number
        odds[mine] = 1 / (1 + np.exp(-steepness(apart[~mine], won[~mine]) * apart[mine]))
    stated, hit = np.maximum(odds, 1 - odds), (odds > 0.5) == won
    fifths = np.array_split(np.argsort(stated, kind="stable"), _BINS)
    gaps = [abs(stated[each].mean() - hit[each].mean()) for each in fifths]
    return {
        "stated": [percent(stated[each]) for each in fifths],
        "right": [percent(hit[each]) for each in fifths],
        "gap_points": round(100 * float(np.mean(gaps)), 1),
        "brier": round(float(((odds - won) ** 2).mean()), 4),
    }


def stretch(apart: Floats, won: Mask, groups: NDArray[np.str_]) -> list[float]:
    """95 % of the factor by which log odds may be off, by drawing whole groups again."""
    numbers = np.unique(groups, return_inverse=True)[1]
    places = [np.flatnonzero(numbers == number) for number in range(numbers.max() + 1)]
    draws = np.random.default_rng(_SEED).integers(len(places), size=(_SLOPES, len(places)))
    whole = steepness(apart, won)
    drawn = []
    for draw in draws:
        mine = np.concatenate([places[number] for number in draw])
        drawn.append(steepness(apart[mine], won[mine]) / whole)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return [round(float(low), 3), round(float(high), 3)]


def percent(shares: Floats | Mask) -> float:
    """A share of 1 in percent, one decimal."""
    return round(100 * float(shares.mean()), 1)
