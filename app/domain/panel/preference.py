"""Which of several versions the same panel prefers, seat by seat, and how sure that is of people.

Where weights learned from people's choices know such texts, they settle the odds; a panel only
votes. Elsewhere the odds come of the panel's own liking, and nothing vouches for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.panel.intervals import around_mean, mean, spread
from app.domain.panel.noise import exp, total
from app.domain.panel.shapes import Json, Reaction
from app.domain.panel.stats import INTERVAL_NOTE

TOO_CLOSE = 0.60
_ANY_LEAD = 0.51
_SAME = 1e-6
# Assumptions, fitted to nothing: a standard deviation of the panel's own liking is worth odds of
# e to 1, and no simulation is surer than 7 to 3. Where such panels could be checked against people
# they chose like a coin (bench/validity.json), so that little may be claimed of them.
_STEEPNESS = 1.0
MOST_SURE = 0.7
_LETTERS = "ABCDE"
_SUREST = 0.99  # of what people chose: held-out choices say nothing of odds beyond
_FARTHEST = 30.0
UNVALIDATED = "unvalidated-format"
LEARNED_NOTE = "95 % of how surely the odds are known, from choices they were not fitted to"


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of each version from people's choices between such texts."""

    worths: Sequence[float]  # log odds, one for each version
    stretch: tuple[float, float]  # 95 % of the factor those odds may be off by
    level: str  # of validity


@dataclass(frozen=True, slots=True)
class _Finding:
    """How sure it is that the best beats the next, from and to, and how it is known."""

    order: Sequence[int]  # the versions, best first
    sure: float
    interval: tuple[float, float]
    note: str
    level: str


def compare(panels: Sequence[Sequence[Reaction]], learned: Learned | None = None) -> Json:
    """The preferred variant by index, or none; `p_a_beats_b` is of the best against the next."""
    utilities = [[one.state["outcome"]["utility"] for one in panel] for panel in panels]
    preferred = _preferred(utilities)
    found = _simulated(utilities, preferred) if learned is None else _known(learned)
    best, second = found.order[:2]
    winner = best if found.sure >= TOO_CLOSE else None
    return {
        "winner": winner,
        "verdict": _verdict(winner, found, behind=max(preferred) - preferred[best]),
        "preferred": preferred,
        "p_a_beats_b": found.sure,
        "interval": list(found.interval),
        "interval_note": found.note,
        "level": found.level,
        "compared": [best, second],
    }


def _simulated(utilities: Sequence[Sequence[float]], preferred: Sequence[float]) -> _Finding:
    """Odds of the panel's mean liking, in units of how far its people differ."""
    order = sorted(range(len(preferred)), key=lambda i: (-preferred[i], -mean(utilities[i]), i))
    best, second = (utilities[place] for place in order[:2])
    differences = [a - b for a, b in zip(best, second, strict=True)]
    unit = spread([*best, *second]) or 1.0
    low, high = around_mean(differences)
    sure, *interval = (
        _odds(_STEEPNESS * value / unit, MOST_SURE) for value in (mean(differences), low, high)
    )
    return _Finding(order, sure, (interval[0], interval[1]), INTERVAL_NOTE, UNVALIDATED)


def _known(learned: Learned) -> _Finding:
    """Odds of what people chose; the panel has no say in them."""
    order = sorted(range(len(learned.worths)), key=lambda i: (-learned.worths[i], i))
    lead = learned.worths[order[0]] - learned.worths[order[1]]
    low, high = (_odds(lead * factor, _SUREST) for factor in learned.stretch)
    return _Finding(order, _odds(lead, _SUREST), (low, high), LEARNED_NOTE, learned.level)


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


def _odds(log_odds: float, most: float) -> float:
    sure = 1.0 / (1.0 + exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))
    return round(max(min(sure, most), 1.0 - most), 4)


def _verdict(winner: int | None, found: _Finding, *, behind: float) -> str:
    percent = round(found.sure * 100)
    first, other = (_LETTERS[place] for place in found.order[:2])
    if found.sure < _ANY_LEAD:
        return f"Too close to call: nothing to choose between {first} and {other}."
    if winner is None:
        return f"Too close to call: {first} is ahead of {other} with {percent} %, under 60 %."
    how = "by simulation only" if found.level == UNVALIDATED else "by what people chose before"
    but = f" More of this panel like another one better than {first}." if behind > 0 else ""
    return f"{first} is preferred to {other}: {percent} % sure, {how}.{but}"
