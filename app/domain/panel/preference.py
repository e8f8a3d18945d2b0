"""Which of several versions the same panel prefers, seat by seat, and how sure that is of people.

Where weights learned from people's choices know such texts, they settle the odds; a panel only
votes. Elsewhere the odds come of the panel's own liking, and nothing vouches for them. A panel that
a model played is stacked with the embedded score of the same people: half of each one's log odds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.panel.intervals import around_mean, mean, spread
from app.domain.panel.noise import exp, ln, total
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
LETTERS = "ABCDE"  # what a verdict calls the versions, in their order
_BY_PANEL, _BY_CHOICES = "by simulation only", "by what people chose before"
_BY_PANELS = "by two simulations, the model's and the embedded one, half each"
_BY_BOTH = "half by the model's panel, half by what people chose before"
_SUREST = 0.99  # of what people chose: held-out choices say nothing of odds beyond
_FARTHEST = 30.0
UNVALIDATED = "unvalidated-format"
LEARNED_NOTE = "95 % of how surely the odds are known, from choices they were not fitted to"
# An assumption: no benchmark has yet measured a model beside the embedded score on grouped choices.
OF_THE_MODEL = 0.5  # of the log odds of a stack
STACKED_NOTE = "the ends of both judges' intervals, stacked as the odds are"

_Panels = Sequence[Sequence[float]]  # the liking of each seat, version by version


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
    how: str  # in words that finish "so much % sure, …"


def compare(
    panels: Sequence[Sequence[Reaction]],
    learned: Learned | None = None,
    beside: Sequence[Sequence[Reaction]] | None = None,
) -> Json:
    """The preferred variant by index, or none; `p_a_beats_b` is of the best against the next.

    `beside`: the same people as the embedded engine has them, where a model played the panels.
    """
    utilities = _utilities(panels)
    preferred = _preferred(utilities)
    if beside is not None:
        found = _stacked(utilities, _utilities(beside), learned)
    else:
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


def _utilities(panels: Sequence[Sequence[Reaction]]) -> _Panels:
    return [[one.state["outcome"]["utility"] for one in panel] for panel in panels]


def _simulated(utilities: _Panels, preferred: Sequence[float]) -> _Finding:
    """Odds of the panel's mean liking, in units of how far its people differ."""
    order = sorted(range(len(preferred)), key=lambda i: (-preferred[i], -mean(utilities[i]), i))
    sure, low, high = (_odds(each, MOST_SURE) for each in _liking(utilities, *order[:2]))
    return _Finding(order, sure, (low, high), INTERVAL_NOTE, UNVALIDATED, _BY_PANEL)


def _known(learned: Learned) -> _Finding:
    """Odds of what people chose; the panel has no say in them."""
    order = sorted(range(len(learned.worths)), key=lambda i: (-learned.worths[i], i))
    sure, low, high = (_odds(each, _SUREST) for each in _choices(learned, *order[:2]))
    return _Finding(order, sure, (low, high), LEARNED_NOTE, learned.level, _BY_CHOICES)


def _stacked(model: _Panels, embedded: _Panels, learned: Learned | None) -> _Finding:
    """Odds of both judges, each as sure as it may be alone; the pair was never checked on people.

    The stack of the ends is the interval of two judges who err alike: no narrower than either half.
    """

    def pair(i: int, j: int) -> Sequence[float]:
        by_model = [_within(each, MOST_SURE) for each in _liking(model, i, j)]
        alone = _liking(embedded, i, j) if learned is None else _choices(learned, i, j)
        most = MOST_SURE if learned is None else _SUREST
        judged = zip(by_model, (_within(each, most) for each in alone), strict=True)
        return [of_both(*odds) for odds in judged]

    places = range(len(model))
    leads = [total(pair(i, j)[0] for j in places if j != i) for i in places]
    order = sorted(places, key=lambda i: (-leads[i], i))
    sure, *ends = (_odds(each, _SUREST) for each in pair(*order[:2]))
    how = _BY_PANELS if learned is None else _BY_BOTH
    return _Finding(order, sure, (min(ends), max(ends)), STACKED_NOTE, UNVALIDATED, how)


def in_percent(sure: float) -> int:
    """How sure in whole per cent; downwards under `TOO_CLOSE`, which no lead short of it reads."""
    return round(sure * 10_000) // 100 if sure < TOO_CLOSE else round(sure * 100)


def of_both(model: float, embedded: float) -> float:
    """The log odds of a stack of both judges."""
    return OF_THE_MODEL * model + (1.0 - OF_THE_MODEL) * embedded


def _liking(utilities: _Panels, one: int, other: int) -> tuple[float, float, float]:
    """The log odds of one before another by a panel's liking, from and to."""
    best, second = utilities[one], utilities[other]
    differences = [a - b for a, b in zip(best, second, strict=True)]
    unit = spread([*best, *second]) or 1.0
    low, high = (_STEEPNESS * value / unit for value in around_mean(differences))
    return _STEEPNESS * mean(differences) / unit, low, high


def _choices(learned: Learned, one: int, other: int) -> tuple[float, float, float]:
    """The same by what people chose."""
    lead = learned.worths[one] - learned.worths[other]
    return lead, lead * learned.stretch[0], lead * learned.stretch[1]


def _within(log_odds: float, most: float) -> float:
    """Log odds no farther out than a judge may be sure."""
    farthest = ln(most / (1.0 - most))
    return max(-farthest, min(farthest, log_odds))


def _preferred(utilities: _Panels) -> list[float]:
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
    percent, enough = in_percent(found.sure), in_percent(TOO_CLOSE)
    first, other = (LETTERS[place] for place in found.order[:2])
    if found.sure < _ANY_LEAD:
        return f"Too close to call: nothing to choose between {first} and {other}."
    if winner is None:
        return f"Too close to call: {first} is ahead of {other} with {percent} %, under {enough} %."
    but = f" More of this panel like another one better than {first}." if behind > 0 else ""
    return f"{first} is preferred to {other}: {percent} % sure, {found.how}.{but}"
