"""A head: what a wording is worth in its format, as a sum over what stands in it."""

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.adapters.engines.embedded.heads.measures import measures
from app.adapters.engines.embedded.heads.pieces import pieces
from app.adapters.engines.embedded.heads.tokens import runs, tokens, unlinked

FORMATS = ("headline", "tweet", "argument")
_WEIGHTS = Path(__file__).parent / "weights"
_PLACES = 6  # to which a score is rounded, so that every machine has the same


@dataclass(frozen=True, slots=True)
class Head:
    """Weights fitted by `python -m fitting`; a score counts against others of its format alone."""

    format: str
    measures: Mapping[str, float]  # a unit of each is worth so much
    runs: Mapping[str, float]  # a run of words that is there
    pieces: Sequence[float]  # each word piece, averaged over a text by how rare they are
    rarity: Sequence[float]
    middle: float  # what the texts it was fitted on are worth on average
    steepness: float  # of the odds, per unit of difference
    data: str  # SHA-256 of what it was fitted on

    def score(self, text: str) -> float:
        """What a wording is worth; only differences mean anything."""
        bare = unlinked(text)
        found = measures(text)
        terms = [weight * found[name] for name, weight in self.measures.items()]
        terms += [self.runs[run] for run in sorted(runs(tokens(bare))) if run in self.runs]
        terms.append(self._topic(pieces(bare)))
        return round(math.fsum(terms), _PLACES)

    def worth(self, text: str) -> float:
        """The log odds of being preferred to a middling wording of its format."""
        return round(self.steepness * (self.score(text) - self.middle), _PLACES)

    def odds(self, first: str, second: str) -> float:
        """How sure it is that people prefer the first: 0 … 1, calibrated on held-out choices."""
        return self.odds_of(self.score(first) - self.score(second))

    def odds_of(self, difference: float) -> float:
        """The same from a difference of scores."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.steepness * difference))))

    def _topic(self, numbers: Sequence[int]) -> float:
        """A linear head on a mean of token vectors is a mean of token values: no vector is kept."""
        if not numbers:
            return 0.0
        rarities = [self.rarity[number] for number in numbers]
        worth = [self.pieces[n] * rare for n, rare in zip(numbers, rarities, strict=True)]
        return math.fsum(worth) / math.fsum(rarities)


@cache
def head(format_: str) -> Head:
    """The head of a format, as it ships."""
    with gzip.open(_WEIGHTS / f"{format_}.json.gz", "rt", encoding="utf-8") as file:
        kept: dict[str, Any] = json.load(file)
    scale = kept["piece_unit"]
    return Head(
        format=format_,
        measures=kept["measures"],
        runs=kept["runs"],
        pieces=[each * scale for each in kept["pieces"]],
        rarity=[each / 100 for each in kept["rarity"]],
        middle=kept["middle"],
        steepness=kept["steepness"],
        data=kept["data"],
    )
