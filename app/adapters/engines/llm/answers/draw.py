"""From percents to an act: the draw is ours, by the luck the person had before they read."""

from collections.abc import Mapping, Sequence

from app.adapters.engines.embedded.disposition import DECISIONS
from app.domain.panel.noise import ln


def drawn(chances: Mapping[str, float], luck: Sequence[float]) -> str:
    """One act, each with its chance: the largest of log chance and extreme-value luck.

    The luck is the seat's, evenly spread over the panel, and the same before every version of a
    text, so that two versions differ by what a model made of them and not by another throw.
    """
    thrown = [
        (round(ln(chances[act]) + one, 9), -place, act)
        for place, (act, one) in enumerate(zip(DECISIONS, luck, strict=True))
        if chances[act] > 0
    ]
    return max(thrown)[2]
