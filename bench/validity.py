"""How often the heads are right on choices they have not seen, beside baselines and ceilings.

`python bench/validity.py DATA` prints the figures and writes `bench/validity.json`, which the page
`validity` of the docs prints. Groups are never split: linked experiments, topics, given splits.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.adapters.engines.embedded.heads.head import FORMATS
from fitting import folds, model, table
from fitting.fit import RECIPES, Material, held_out, material, split
from fitting.pairs import Pair, read
from fitting.solve import Floats, steepness

Json = dict[str, Any]
Mask = NDArray[np.bool_]
FILE = Path(__file__).with_name("validity.json")
_RESAMPLES, _SEED, _BINS = 2_000, 7, 5
_LIKE = 0.1  # texts whose word counts differ by a tenth at most, or by one


def main() -> None:
    """Measure every head and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the pairs (its SOURCE.md)")
    given = parser.parse_args()
    places = table.build(model.folder())
    found: Json = {"grouped": True, "accuracy": {}, "calibration": {}, "data": {}}
    for format_ in FORMATS:
        recipe = RECIPES[format_]
        it = material(read(given.data, format_), places, recipe.blocks)
        fold_of = split(it, recipe)
        folds.check(it.groups, fold_of)
        _measure(found, it, held_out(it, recipe, fold_of), fold_of)
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


def _measure(found: Json, it: Material, apart: Floats, fold_of: Sequence[int]) -> None:
    format_, pairs = it.data.format, it.data.pairs
    won, told = it.wanted > 0, it.wanted != 0
    longer = np.array([_words(pair.first) - _words(pair.second) for pair in pairs], dtype=float)
    ceiling = _ceiling(pairs) if format_ == "headline" else None
    for name, mask in _slices(format_, pairs).items():
        mine = mask & told
        found["accuracy"][f"{format_}: {name}"] = {
            "pairs": int(mine.sum()),
            "groups": len({it.groups[n] for n in np.flatnonzero(mine)}),
            "right_percent": _percent(_right(apart, won)[mine]),
            "interval": _interval(_right(apart, won), mine, it.groups),
            "length_alone": _percent(_by_length(longer, won, fold_of)[mine]),
            "guessing": 50.0,
            "ceiling": None if ceiling is None else round(100 * float(ceiling[mine].mean()), 1),
        }
    found["calibration"][format_] = _calibration(apart[told], won[told], np.array(fold_of)[told])
    found["data"][format_] = {
        "sha256": it.data.digest,
        "pairs": len(pairs),
        "folds": max(fold_of) + 1,
    }


def _slices(format_: str, pairs: Sequence[Pair]) -> dict[str, Mask]:
    every = np.ones(len(pairs), dtype=bool)
    if format_ == "headline":
        p = np.array([pair.p for pair in pairs])
        return {"p < .05": p < 0.05, "p < .001": p < 0.001, "all pairs": every}
    like = np.array([_alike(pair) for pair in pairs])
    return {"all pairs": every, "of like length": like}


def _right(apart: Floats, won: Mask) -> Floats:
    """1 where the preferred one was told, a half where no difference was seen."""
    return np.where(apart == 0, 0.5, (apart > 0) == won)


def _by_length(longer: Floats, won: Mask, fold_of: Sequence[int]) -> Floats:
    """Longer, or shorter, whichever was right more often on the other folds."""
    fold, right = np.array(fold_of), _right(longer, won)
    made = np.zeros(len(won))
    for number in set(fold_of):
        mine = fold == number
        made[mine] = right[mine] if right[~mine].mean() >= 0.5 else 1 - right[mine]
    return made


def _interval(right: Floats, mine: Mask, groups: Sequence[str]) -> list[float]:
    """95 %, by drawing whole groups again."""
    numbers = np.unique(np.array(groups)[mine], return_inverse=True)[1]
    sums, counts = np.bincount(numbers, right[mine]), np.bincount(numbers)
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_RESAMPLES, len(counts)))
    drawn = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return [round(100 * float(low), 1), round(100 * float(high), 1)]


def _ceiling(pairs: Sequence[Pair]) -> Floats:
    """How sure a judge who knew the true rates would agree with what was counted (empirical Bayes)."""
    seen = np.array([pair.preference for pair in pairs])
    noise = np.array([1 / pair.weight for pair in pairs])
    spread = max(float((seen**2 - noise).mean()), 1e-9)
    middle, wide = seen * spread / (spread + noise), np.sqrt(spread * noise / (spread + noise))
    return np.array(
        [0.5 * (1 + math.erf(abs(m) / s / math.sqrt(2))) for m, s in zip(middle, wide, strict=True)]
    )


def _calibration(apart: Floats, won: Mask, fold: NDArray[np.int_]) -> Json:
    """Stated and found, in fifths of the pairs by how sure the odds are; odds of other folds."""
    odds = np.zeros(len(apart))
    for number in set(fold.tolist()):
        mine = fold == number
        odds[mine] = 1 / (1 + np.exp(-steepness(apart[~mine], won[~mine]) * apart[mine]))
    stated, right = np.maximum(odds, 1 - odds), (odds > 0.5) == won
    fifths = np.array_split(np.argsort(stated, kind="stable"), _BINS)
    gaps = [abs(stated[each].mean() - right[each].mean()) for each in fifths]
    return {
        "stated": [_percent(stated[each]) for each in fifths],
        "right": [_percent(right[each]) for each in fifths],
        "gap_points": round(100 * float(np.mean(gaps)), 1),
        "brier": round(float(((odds - won) ** 2).mean()), 4),
    }


def _percent(shares: Floats | Mask) -> float:
    return round(100 * float(shares.mean()), 1)


def _words(text: str) -> int:
    return len(text.split())


def _alike(pair: Pair) -> bool:
    first, second = _words(pair.first), _words(pair.second)
    return abs(first - second) <= max(1, _LIKE * max(first, second))


if __name__ == "__main__":
    main()
