"""One head from its pairs: a design, the weights, and what they say of pairs they have not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fitting import folds
from fitting.design import Blocks, Design, design
from fitting.pairs import Data, Pair
from fitting.solve import Floats, ridge

FOLDS = 5


@dataclass(frozen=True)
class Recipe:
    """What was chosen for a format; the choices are written down in decisions/0026."""

    blocks: Blocks
    strength: float
    leave_out_whole_groups: bool = False


RECIPES = {
    "headline": Recipe(Blocks(measures=0.5, runs=2.0, places=1.0, run_in=3), 30.0),
    "tweet": Recipe(Blocks(measures=1.0, runs=2.0, places=0.5, run_in=3), 10.0),
    "argument": Recipe(
        Blocks(measures=2.0, runs=0.25, places=2.0, run_in=3), 600.0, leave_out_whole_groups=True
    ),
}


@dataclass(frozen=True)
class Material:
    """The pairs of a format as differences of rows."""

    data: Data
    design: Design
    differences: sparse.csr_matrix

    @property
    def wanted(self) -> Floats:
        """How much the first was preferred."""
        return np.array([pair.preference for pair in self.data.pairs])

    @property
    def weights(self) -> Floats:
        """How surely that is known."""
        return np.array([pair.weight for pair in self.data.pairs])

    @property
    def groups(self) -> list[str]:
        """Which pairs belong together."""
        return [pair.group for pair in self.data.pairs]


def material(data: Data, table: NDArray[np.float32], blocks: Blocks) -> Material:
    """The rows of every text, and their differences pair by pair."""
    texts = sorted({text for pair in data.pairs for text in (pair.first, pair.second)})
    place = {text: number for number, text in enumerate(texts)}
    made = design(texts, table, blocks)
    return Material(data, made, _apart(made.rows, data.pairs, place))


def split(it: Material, recipe: Recipe) -> list[int]:
    """The fold of each pair: a topic each where topics are few, else by the names of groups."""
    groups = it.groups
    found = folds.whole(groups) if recipe.leave_out_whole_groups else folds.folds(groups, FOLDS)
    folds.check(groups, found)
    return found


def held_out(it: Material, recipe: Recipe, fold_of: Sequence[int]) -> Floats:
    """The score difference of each pair by weights that have seen none of its fold."""
    fold, found = np.array(fold_of), np.zeros(len(fold_of))
    for number in sorted(set(fold_of)):
        mine = fold == number
        rest = ~mine
        beta = ridge(it.differences[rest], it.wanted[rest], it.weights[rest], recipe.strength)
        found[mine] = it.differences[mine] @ beta
    return found


def _apart(
    rows: sparse.csr_matrix, pairs: Sequence[Pair], place: dict[str, int]
) -> sparse.csr_matrix:
    first = rows[[place[pair.first] for pair in pairs]]
    second = rows[[place[pair.second] for pair in pairs]]
    made: sparse.csr_matrix = (first - second).tocsr()
    return made
