"""`python -m fitting DATA`: build the static table and fit every head anew."""

import argparse
from pathlib import Path

from app.adapters.engines.embedded.heads.head import FORMATS
from fitting import model, table
from fitting.fit import RECIPES, held_out, material, split
from fitting.pairs import read
from fitting.solve import ridge, steepness
from fitting.write import write

WEIGHTS = Path(__file__).parents[1] / "app/adapters/engines/embedded/heads/weights"


def main() -> None:
    """Fit each head on all its pairs; its odds are fitted to pairs it had not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the pairs (its SOURCE.md)")
    parser.add_argument("--into", type=Path, default=WEIGHTS, help="where the weights go")
    given = parser.parse_args()
    places = table.build(model.folder())
    for format_ in FORMATS:
        recipe = RECIPES[format_]
        it = material(read(given.data, format_), places, recipe.blocks)
        told = it.wanted != 0
        first, second = held_out(it, recipe, split(it, recipe))
        unseen = (first - second)[told]
        beta = ridge(it.differences, it.wanted, it.weights, recipe.strength)
        slope = steepness(unseen, it.wanted[told] > 0)
        write(given.into / f"{format_}.json.gz", it, beta, places, slope)
        print(f"{format_}: {len(it.data.pairs):,} pairs, {len(beta):,} weights")


if __name__ == "__main__":
    main()
