"""Which of several versions the same panel prefers, seat by seat."""

from collections.abc import Sequence

from app.domain.panel.intervals import around_mean, mean, spread
from app.domain.panel.noise import exp, total
from app.domain.panel.shapes import Json, Reaction
from app.domain.panel.stats import INTERVAL_NOTE

TOO_CLOSE = 0.60
_ANY_LEAD = 0.51
_SAME = 1e-6
# Assumption until fitted: a standard deviation of the panel's own liking is worth odds of 5 to 1,
# and no simulation is surer than 9 to 1. People differ from their simulation more than two
# versions of a text differ from each other.
_STEEPNESS = 1.6
_MOST_SURE = 0.9
_LETTERS = "ABCDE"


def compare(panels: Sequence[Sequence[Reaction]]) -> Json:
    """The preferred variant by index, or none; `p_a_beats_b` is of the best against the next."""
    utilities = [[one.state["outcome"]["utility"] for one in panel] for panel in panels]
    preferred = _preferred(utilities)
    order = sorted(range(len(panels)), key=lambda i: (-preferred[i], -mean(utilities[i]), i))
    best, second = order[0], order[1]
    differences = [a - b for a, b in zip(utilities[best], utilities[second], strict=True)]
    unit = spread([*utilities[best], *utilities[second]]) or 1.0
    low, high = around_mean(differences)
    sure = _odds(mean(differences) / unit)
    winner = best if sure >= TOO_CLOSE else None
    return {
        "winner": winner,
        "verdict": _verdict(winner, best, second, sure),
        "preferred": preferred,
        "p_a_beats_b": sure,
        "interval": [_odds(low / unit), _odds(high / unit)],
        "interval_note": INTERVAL_NOTE,
        "compared": [best, second],
    }


def _preferred(utilities: Sequence[Sequence[float]]) -> list[float]:
    """The share of seats that like each version best; ties are split."""
    votes = [0.0] * len(utilities)
    for seat in zip(*utilities, strict=True):
        top = max(seat)
        winners = [i for i, value in enumerate(seat) if top - value <= _SAME]
        for i in winners:
            votes[i] += 1.0 / len(winners)
    shares = [round(vote / len(utilities[0]), 4) for vote in votes[:-1]]
    return [*shares, round(max(1.0 - total(shares), 0.0), 4)]


def _odds(difference: float) -> float:
    sure = 1.0 / (1.0 + exp(-_STEEPNESS * difference))
    return round(max(min(sure, _MOST_SURE), 1.0 - _MOST_SURE), 4)


def _verdict(winner: int | None, best: int, second: int, sure: float) -> str:
    percent = round(sure * 100)
    first, other = _LETTERS[best], _LETTERS[second]
    if sure < _ANY_LEAD:
        return f"Too close to call: nothing to choose between {first} and {other}."
    if winner is None:
        return f"Too close to call: {first} is ahead of {other} with {percent} %, under 60 %."
    return f"{first} is preferred to {other}: {percent} % sure, by simulation only."
