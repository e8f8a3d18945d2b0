"""From an appraisal to an act: a multinomial logit, intent and trust by thresholds."""

from collections.abc import Sequence
from math import floor

from app.adapters.engines.embedded.appraise import Term
from app.adapters.engines.embedded.disposition import DECISIONS, Disposition
from app.adapters.engines.embedded.weights import DIMENSIONS
from app.domain.panel.noise import ln, squash
from app.domain.panel.shapes import Outcome

# Shares of each act for a middling text met by a middling reader. Assumptions, published as such:
# the shares of a panel are to be read against each other, never as a forecast of a rate.
BASE_RATES = {
    "tweet": (0.62, 0.24, 0.09, 0.05),
    "linkedin": (0.55, 0.28, 0.11, 0.06),
    "url": (0.45, 0.31, 0.16, 0.08),
    "markdown": (0.38, 0.38, 0.13, 0.11),
    "text": (0.42, 0.36, 0.14, 0.08),
}
# attention, relevance, clarity, credibility, desire, friction
_PULL = (0.7, 0.9, 0.6, 0.9, 1.2, -1.0)
PULLS = dict(zip(DIMENSIONS, _PULL, strict=True))
_SLOPES = (0.0, 0.8, 1.5, 1.2)  # of scroll, stay, click, save on the summed pull
_OWN = ((0.0,) * 6, (0.4, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0, 0.7, -0.3),
        (0.0, 0.0, 0.2, 0.6, 0.0, 0.0))  # fmt: skip
_FLOOR = {"scroll": 0, "stay": 2, "click": 5, "save": 4}
_CEILING = {"scroll": 5, "stay": 8, "click": 10, "save": 10}
_FELT = 0.45  # summed pulls from which a side of the matter is felt
_FRICTION = 5

_LOG_RATES = {name: tuple(ln(rate) for rate in rates) for name, rates in BASE_RATES.items()}


def pull(levels: Sequence[float]) -> float:
    """The summed pull of the six dimensions: the number that compares two versions."""
    value = 0.0
    for weight, level in zip(_PULL, levels, strict=True):
        value += weight * level
    return round(value, 6)


def decide(
    levels: Sequence[float], found: Sequence[Term], content_type: str, disposition: Disposition
) -> Outcome:
    """What this person does, and how far they would go."""
    utility = pull(levels)
    margins = _margins(levels, utility, content_type, disposition)
    best = max(range(len(DECISIONS)), key=lambda i: (margins[i], -i))
    decision = DECISIONS[best]
    lead = max(margins[1:]) - margins[0]
    intent = floor(4.2 + 2.9 * squash(lead * 0.35) + 0.9 * utility + 0.7 * disposition.intent)
    return Outcome(
        decision=decision,
        intent=max(_FLOOR[decision], min(_CEILING[decision], intent)),
        trust=max(0, min(10, floor(5.5 + 4.8 * levels[3] + 0.5 * disposition.trust))),
        sentiment=_sentiment(levels, found),
        utility=utility,
    )


def _margins(
    levels: Sequence[float], utility: float, content_type: str, disposition: Disposition
) -> list[float]:
    rates = _LOG_RATES.get(content_type, _LOG_RATES["text"])
    margins = []
    for rate, slope, own, luck in zip(rates, _SLOPES, _OWN, disposition.luck, strict=True):
        special = 0.0
        for weight, level in zip(own, levels, strict=True):
            special += weight * level
        margins.append(round(rate + slope * utility + special + luck, 6))
    return margins


def _sentiment(levels: Sequence[float], found: Sequence[Term]) -> str:
    """Mixed needs both sides to be felt and neither to carry the day."""
    up = down = 0.0
    for dimension, source, _, value in found:
        if source == "cue":
            signed = -value if dimension == _FRICTION else value
            up, down = (up + signed, down) if signed > 0 else (up, down - signed)
    valence = round(levels[4] + 0.6 * levels[3] + 0.3 * levels[2] - 0.8 * levels[5], 6)
    if abs(valence) < 0.55 and up > _FELT and down > _FELT:
        return "mixed"
    if abs(valence) < 0.3:
        return "neutral"
    return "positive" if valence > 0 else "negative"
