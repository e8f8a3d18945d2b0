"""Texts as rows of numbers: measures, runs of words, and places in the static table."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from app.adapters.engines.embedded.heads.measures import measures
from app.adapters.engines.embedded.heads.pieces import pieces
from app.adapters.engines.embedded.heads.tokens import runs, tokens, unlinked

Floats = NDArray[np.float64]
_LEAST_RARE = 0.3


@dataclass(frozen=True)
class Blocks:
    """How much each kind of column may carry, and in how many texts a run must stand."""

    measures: float
    runs: float
    places: float
    run_in: int


@dataclass(frozen=True)
class Design:
    """A row a text; columns are measures, then runs, then axes of the table, each block scaled."""

    rows: sparse.csr_matrix
    measure_names: list[str]
    measure_units: Floats  # what one unit of a measure is in its scaled column
    run_names: list[str]
    run_unit: float
    place_unit: float
    rarity: Floats


def design(texts: Sequence[str], table: NDArray[np.float32], blocks: Blocks) -> Design:
    """The rows of these texts; nothing of who preferred what is looked at."""
    bare = [unlinked(text) for text in texts]
    names, measured = _measured(texts)
    units = math.sqrt(blocks.measures / len(names)) / np.maximum(measured.std(axis=0), 1e-9)
    run_names, there = _runs([runs(tokens(each)) for each in bare], blocks.run_in)
    run_unit = math.sqrt(blocks.runs / max(there.sum() / len(texts), 1e-9))
    places, rarity = _places([pieces(each) for each in bare], table)
    place_unit = math.sqrt(blocks.places / (places.var(axis=0).sum()))
    columns = [
        sparse.csr_matrix((measured - measured.mean(axis=0)) * units),
        there * run_unit,
        sparse.csr_matrix((places - places.mean(axis=0)) * place_unit),
    ]
    rows = sparse.hstack(columns, format="csr")
    return Design(rows, names, units, run_names, run_unit, place_unit, rarity)


def _measured(texts: Sequence[str]) -> tuple[list[str], Floats]:
    found = [measures(text) for text in texts]
    names = list(found[0])
    return names, np.array([[each[name] for name in names] for each in found])


def _runs(found: list[set[str]], least: int) -> tuple[list[str], sparse.csr_matrix]:
    counts = Counter(run for each in found for run in each)
    names = sorted(run for run, count in counts.items() if count >= least)
    place = {name: number for number, name in enumerate(names)}
    pairs = [(row, place[run]) for row, each in enumerate(found) for run in each if run in place]
    rows, columns = zip(*pairs, strict=True)
    shape = (len(found), len(names))
    return names, sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=shape)


def _places(found: list[list[int]], table: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """The mean of the rows of a text's pieces, each as heavy as it is rare."""
    counts = Counter(number for each in found for number in set(each))
    seen = np.array([counts[number] for number in range(len(table))])
    rarity = np.round(np.maximum(np.log((len(found) + 1) / (seen + 1)), _LEAST_RARE), 2)
    made = np.zeros((len(found), table.shape[1]))
    for row, numbers in enumerate(found):
        if numbers:
            heavy = rarity[numbers]
            made[row] = heavy @ table[numbers] / heavy.sum()
    return made, rarity
