"""What a person makes of what they read: bounded sums, every term of them kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.adapters.engines.embedded.disposition import Disposition
from app.adapters.engines.embedded.view import Felt, View
from app.adapters.engines.embedded.weights import (
    CIRCLE,
    CONTENT,
    CONTENT_BESIDE,
    DIMENSIONS,
    EFFECTS,
    FORMAT,
    KNOWN_TOPIC,
    MOOD,
    PERSON,
    TASTE,
    UNKNOWN_TOPIC,
    WORDING,
)
from app.domain.panel.noise import squash
from app.domain.panel.shapes import Appraisal, Contribution, Persona

_MOST_TRAIT = 2.5
_FAR = 3.0  # log odds
_RELEVANCE = DIMENSIONS.index("relevance")
_WELL_READ = 20  # words of a field that make it one
_TELLS = 100  # different words from which a text tells its field
_HALF_KNOWN = 3.0  # familiar words at which half the effect is reached


Levels = tuple[float, float, float, float, float, float]


class Term(NamedTuple):
    """One pull on one dimension; a cue kind's pull stands for all its cues that were read."""

    dimension: int
    source: str
    ref: str  # a cue kind, a trait, a format or "mood"
    value: float


def terms(view: View, persona: Persona, disposition: Disposition) -> list[Term]:
    """Every pull of the content, the person, the format and the day."""
    sized = CONTENT if view.wording is None else CONTENT_BESIDE
    found = _cue_terms(view.felt(persona.jargon).loads, sized, persona.traits, disposition.taste)
    if view.wording is not None:
        worth, learned = _telling(view.wording.worth), view.wording.format
        found += [Term(i, "wording", learned, weight * worth) for i, weight in WORDING]
    for dimension, trait, loading in PERSON:
        found.append(Term(dimension, "trait", trait, loading * _trait(persona.traits, trait)))
    circle = CIRCLE.get(persona.circle, 0.0)
    found.append(Term(_RELEVANCE, "trait", "circle", circle))
    found.append(Term(_RELEVANCE, "trait", "knows", _familiar(view, persona)))
    found.append(Term(0, "format", view.content_type, FORMAT.get(view.content_type, 0.0)))
    found += [Term(i, "mood", "mood", MOOD * draw) for i, draw in enumerate(disposition.mood)]
    return found


def levels(found: Sequence[Term]) -> Levels:
    """The six dimensions, each bounded."""
    sums = [0.0] * len(DIMENSIONS)
    for dimension, _, _, value in found:
        sums[dimension] += value
    a, r, c, t, d, f = (round(squash(value), 6) for value in sums)
    return a, r, c, t, d, f


def appraisal(felt: Felt, found: Sequence[Term]) -> Appraisal:
    """The dimensions with their ledger, a kind's pull shared out to its single cues."""
    ledger: list[Contribution] = []
    for dimension, source, ref, value in found:
        name = DIMENSIONS[dimension]
        shares = felt.shares.get(ref, ()) if source == "cue" else ((ref, 1.0),)
        ledger += [
            Contribution(name, source, one, round(value * share, 6)) for one, share in shares
        ]
    return Appraisal(*levels(found), tuple(ledger))


def _cue_terms(
    loads: Sequence[tuple[str, float]],
    sized: float,
    traits: Mapping[str, float],
    taste: Mapping[str, float],
) -> list[Term]:
    found = []
    for kind, load in loads:
        lift = 1.0 + TASTE * squash(taste[kind])
        for dimension, base, gains in EFFECTS[kind]:
            pull = base * lift
            for trait, gain in gains:
                pull += gain * _trait(traits, trait)
            found.append(Term(dimension, "cue", kind, sized * load * pull))
    return found


def _telling(worth: float) -> float:
    """Log odds as they are where choices were many, ever less of them far out."""
    return _FAR * squash(worth / _FAR)


def _trait(traits: Mapping[str, float], name: str) -> float:
    return max(-_MOST_TRAIT, min(_MOST_TRAIT, traits.get(name, 0.0)))


def _familiar(view: View, persona: Persona) -> float:
    if not view.vocabulary:
        return 0.0
    hits = view.familiar(persona.knows)
    learned = min(len(persona.knows) / _WELL_READ, 1.0)  # a general reader has no field to miss
    told = min(len(view.vocabulary) / _TELLS, 1.0)  # a line or two cannot show whose field it is
    return learned * told * UNKNOWN_TOPIC + KNOWN_TOPIC * hits / (hits + _HALF_KNOWN)
