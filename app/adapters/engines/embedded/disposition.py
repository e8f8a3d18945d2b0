"""What a person brings to any content: tastes, mood and luck, all drawn before reading."""

from dataclasses import dataclass

from app.adapters.engines.embedded.cues.kinds import KINDS, LAYOUT
from app.adapters.engines.embedded.weights import DIMENSIONS
from app.domain.panel.noise import bell, gumbel
from app.domain.panel.strata import Strata
from app.domain.panel.streams import Stream

DECISIONS = ("scroll", "stay", "click", "save")


@dataclass(frozen=True, slots=True)
class Disposition:
    """Draws of one person; two versions of a text meet the same ones."""

    taste: dict[str, float]  # per kind of cue, a standard score
    mood: tuple[float, ...]  # per dimension
    luck: tuple[float, ...]  # per decision, extreme-value
    haste: float  # on how much is read
    trust: float
    intent: float


def dispose(
    version: str, seed: int, person: str, number: int, strata: Strata, *, looked: bool = False
) -> Disposition:
    """The draws of this person under this seed; the content plays no part.

    Tastes in layout come from a stream of their own: who reads a text is the same without them.
    """
    stream = Stream(version, seed, "disposition", person)
    taste = {kind: bell(stream.word()) for kind in KINDS}
    if looked:
        eye = Stream(version, seed, "layout", person)
        taste |= {kind: bell(eye.word()) for kind in LAYOUT}
    mood = tuple(bell(stream.word()) for _ in DIMENSIONS)
    luck = tuple(gumbel(strata.unit(f"luck {decision}", number)) for decision in DECISIONS)
    haste, trust, intent = (bell(stream.word()) for _ in range(3))
    return Disposition(taste, mood, luck, haste, trust, intent)
