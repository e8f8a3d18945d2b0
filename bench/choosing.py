"""How often a panel's mean liking is of the wording that people chose.

Each wording is worth to the panel what weights say that have seen none of its fold; all the rest
is the engine as it ships.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from app.adapters.engines.embedded.plan import Chair, chair, make_plan, sit
from app.adapters.engines.embedded.read import read
from app.adapters.engines.embedded.view import Views
from app.domain.panel.shapes import PanelRequest, Wording
from fitting import figures
from fitting.figures import Mask
from fitting.fit import Material
from fitting.solve import Floats

PEOPLE, _SEED = 30, 7
_CONTENT_TYPES = {"headline": "text", "tweet": "tweet", "argument": "text"}


def panels(it: Material, worths: tuple[Floats, Floats], counted: Mask) -> dict[str, Any]:
    """The share of pairs in which one panel of the general public chose as people did."""
    format_, won = it.data.format, it.wanted > 0
    chairs, liked = _chairs(_CONTENT_TYPES[format_]), np.zeros(len(won))
    by_hand = np.zeros(len(won))
    for place in np.flatnonzero(counted):
        pair = it.data.pairs[place]
        texts = (pair.first, pair.second)
        known = [_liking(format_, t, float(w[place]), chairs)
                 for t, w in zip(texts, worths, strict=True)]  # fmt: skip
        liked[place] = known[0] - known[1]
        bare = [_liking(format_, text, None, chairs) for text in texts]
        by_hand[place] = bare[0] - bare[1]
    return {
        "personas": PEOPLE,
        "pairs": int(counted.sum()),
        "right_percent": figures.percent(figures.right(liked, won)[counted]),
        "interval": figures.interval(figures.right(liked, won), counted, it.groups),
        "without_learned_weights": figures.percent(figures.right(by_hand, won)[counted]),
    }


def _chairs(content_type: str) -> list[Chair]:
    asked = PanelRequest(content_type, "", PEOPLE, "snapshot", _SEED, "the general public")
    plan = make_plan(asked)
    return [chair(plan, number) for number in range(1, PEOPLE + 1)]


def _liking(format_: str, text: str, worth: float | None, chairs: Sequence[Chair]) -> float:
    document = read(text, _CONTENT_TYPES[format_])
    learned = None if worth is None else Wording(format_, "", worth)
    views = Views(replace(document, wording=learned))
    return sum(sit(views, one).outcome.utility for one in chairs) / len(chairs)
