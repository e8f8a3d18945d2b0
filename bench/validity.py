"""How often the heads are right on choices they have not seen, beside baselines and ceilings.

`python bench/validity.py DATA` prints the figures and writes `bench/validity.json`, which the page
`validity` of the docs prints and every report quotes. Groups are never split: linked experiments,
topics, given splits.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from app.adapters.engines.embedded.heads.head import FORMATS
from bench import choosing
from fitting import figures, folds, model, table
from fitting.figures import Mask, percent
from fitting.fit import RECIPES, Material, held_out, material, split
from fitting.pairs import Pair, read
from fitting.solve import Floats, steepness

Json = dict[str, Any]
FILE = Path(__file__).with_name("validity.json")
_LIKE = 0.1  # texts whose word counts differ by a tenth at most, or by one


def main() -> None:
    """Measure every head and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the pairs (its SOURCE.md)")
    given = parser.parse_args()
    places = table.build(model.folder())
    found: Json = {"grouped": True, "accuracy": {}, "panel": {}, "calibration": {}, "data": {}}
    for format_ in FORMATS:
        recipe = RECIPES[format_]
        it = material(read(given.data, format_), places, recipe.blocks)
        fold_of = split(it, recipe)
        folds.check(it.groups, fold_of)
        _measure(found, it, held_out(it, recipe, fold_of), fold_of)
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


def _measure(
    found: Json, it: Material, scores: tuple[Floats, Floats], fold_of: Sequence[int]
) -> None:
    format_, won, told = it.data.format, it.wanted > 0, it.wanted != 0
    apart = scores[0] - scores[1]
    for name, mask in _slices(format_, it.data.pairs).items():
        row = _accuracy(it, apart, mask & told, fold_of)
        found["accuracy"][f"{format_}: {name}"] = row
    slope = steepness(apart[told], won[told])
    counted = told & next(iter(_slices(format_, it.data.pairs).values()))
    found["panel"][format_] = choosing.panels(it, (scores[0] * slope, scores[1] * slope), counted)
    found["calibration"][format_] = {
        **figures.calibration(apart[told], won[told], np.array(fold_of)[told]),
        "stretch": figures.stretch(apart[told], won[told], np.array(it.groups)[told]),
    }
    found["data"][format_] = {
        "sha256": it.data.digest,
        "pairs": len(it.data.pairs),
        "folds": max(fold_of) + 1,
    }


def _accuracy(it: Material, apart: Floats, mine: Mask, fold_of: Sequence[int]) -> Json:
    pairs, won = it.data.pairs, it.wanted > 0
    longer: NDArray[np.float64] = np.array(
        [float(_words(pair.first) - _words(pair.second)) for pair in pairs]
    )
    known = it.data.format == "headline"  # there rates were counted, elsewhere choices
    return {
        "pairs": int(mine.sum()),
        "groups": len({it.groups[n] for n in np.flatnonzero(mine)}),
        "right_percent": percent(figures.right(apart, won)[mine]),
        "interval": figures.interval(figures.right(apart, won), mine, it.groups),
        "length_alone": percent(figures.by_length(longer, won, fold_of)[mine]),
        "guessing": 50.0,
        "ceiling": percent(figures.ceiling(pairs)[mine]) if known else None,
    }


def _slices(format_: str, pairs: Sequence[Pair]) -> dict[str, Mask]:
    """The pairs that are counted; the first slice is the one reports quote."""
    every = np.ones(len(pairs), dtype=bool)
    if format_ == "headline":
        p = np.array([pair.p for pair in pairs])
        return {"p < .05": p < 0.05, "p < .001": p < 0.001, "all pairs": every}
    like = np.array([_alike(pair) for pair in pairs])
    return {"all pairs": every, "of like length": like}


def _words(text: str) -> int:
    return len(text.split())


def _alike(pair: Pair) -> bool:
    first, second = _words(pair.first), _words(pair.second)
    return abs(first - second) <= max(1, _LIKE * max(first, second))


if __name__ == "__main__":
    main()
