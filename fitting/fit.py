"""One head from its pairs: a design, the weights, and what they say of pairs they have not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fitting import folds
from fitting.design import Blocks, Design, design
from fitting.pairs import Data
from fitting.solve import Floats, ridge

Places = NDArray[np.int_]
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
    """The pairs of a format as rows of their texts, and as differences of those."""

    data: Data
    design: Design
    first: Places  # the row of each pair's first text, and of its second
    second: Places
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
    first = np.array([place[pair.first] for pair in data.pairs])
    second = np.array([place[pair.second] for pair in data.pairs])
    apart: sparse.csr_matrix = (made.rows[first] - made.rows[second]).tocsr()
    return Material(data, made, first, second, apart)


def split(it: Material, recipe: Recipe) -> list[int]:
    """The fold of each pair: a topic each where topics are few, else by the names of groups."""
    groups = it.groups
    found = folds.whole(groups) if recipe.leave_out_whole_groups else folds.folds(groups, FOLDS)
    folds.check(groups, found)
    return found


def held_out(it: Material, recipe: Recipe, fold_of: Sequence[int]) -> tuple[Floats, Floats]:
    """The scores of each pair's texts by weights that have seen none of its fold.

    They count from what the texts of the other folds are worth on average.
    """
    fold = np.array(fold_of)
    first, second = np.zeros(len(fold)), np.zeros(len(fold))
    for number in sorted(set(fold_of)):
        mine = fold == number
        rest = ~mine
        beta = ridge(it.differences[rest], it.wanted[rest], it.weights[rest], recipe.strength)
        scores = it.design.rows @ beta
        scores -= scores[np.union1d(it.first[rest], it.second[rest])].mean()
        first[mine], second[mine] = scores[it.first[mine]], scores[it.second[mine]]
    return first, second
