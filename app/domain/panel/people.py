"""The people of a panel: seat 17 is the same person however many are seated."""

from math import sqrt

from app.domain.panel.audience import MIX, Audience
from app.domain.panel.cards import CARDS, PUBLIC
from app.domain.panel.cards.card import Card
from app.domain.panel.cards.jargon import JARGON
from app.domain.panel.contexts import context_for
from app.domain.panel.margins import GENDERS, age_at, education_at, named_at
from app.domain.panel.names import name_for
from app.domain.panel.noise import probit, total
from app.domain.panel.occupations import occupation_for
from app.domain.panel.shapes import Persona
from app.domain.panel.strata import Strata
from app.domain.panel.streams import Stream
from app.domain.panel.temperament import traits

_KNOWN_WORDS = 60
_MIDDLE_AGE = 48.0  # mean and spread of the adult margin
_AGE_SPREAD = 18.0
_OUTSIDER = 0.3  # how much of a card's priors an adjacent or accidental reader shares


class People:
    """Seats persons for one audience and seed; what they then read plays no part."""

    def __init__(self, seed: int, audience: Audience, content_type: str) -> None:
        self._seed = seed
        self._audience = audience
        self._content_type = content_type
        self._strata = Strata("people", seed)

    def person(self, number: int) -> Persona:
        """The person in this seat."""
        stream = Stream("person", self._seed, number)
        circle = named_at(self._unit("circle", number), MIX)
        card = self._card(circle, number)
        gender = self._gender(number, circle)
        youngest, oldest = self._audience.ages if circle == "intended" else card.ages
        age = age_at(self._unit("age", number), youngest, oldest)
        scores = self._traits(number, circle, card, gender, age)
        return Persona(
            number=number,
            id=f"p{number}",
            name=name_for(stream, gender),
            age=age,
            gender=gender,
            occupation=occupation_for(stream, card.occupations, age),
            archetype=_archetype(card, circle, scores),
            circle=circle,
            context=context_for(stream, self._content_type, circle),
            traits=scores,
            knows=self._knows(circle, card),
            jargon=JARGON.get(card.id, frozenset()),
        )

    def _unit(self, dimension: str, number: int) -> float:
        return self._strata.unit(dimension, number)

    def _card(self, circle: str, number: int) -> Card:
        if circle == "intended":
            return self._audience.card
        near = [CARDS[id_] for id_ in self._audience.card.near]
        pool = near if circle == "adjacent" else [PUBLIC, CARDS["officeworkers"], CARDS["shoppers"]]
        return pool[int(self._unit("card", number) * len(pool))]

    def _gender(self, number: int, circle: str) -> str:
        asked = self._audience.gender if circle == "intended" else None
        return asked or named_at(self._unit("gender", number), GENDERS)

    def _traits(
        self, number: int, circle: str, card: Card, gender: str, age: int
    ) -> dict[str, float]:
        share = 1.0 if circle == "intended" else _OUTSIDER
        priors = {
            "expertise": card.expertise * share,
            "price_sensitivity": card.price * share,
            "skepticism": card.skepticism * share,
        }
        if circle == "intended":
            for trait, shift in self._audience.shifts:
                priors[trait] = priors.get(trait, 0.0) + shift
        _, schooling = education_at(self._unit("education", number), card.expertise)

        def normal(name: str) -> float:
            return probit(self._unit(name, number))

        return traits(normal, gender, (age - _MIDDLE_AGE) / _AGE_SPREAD, schooling, priors)

    def _knows(self, circle: str, card: Card) -> tuple[str, ...]:
        own = self._audience.words if circle == "intended" else ()
        return (*own, *card.words)[:_KNOWN_WORDS]


def _archetype(card: Card, circle: str, scores: dict[str, float]) -> str:
    """The card's type this person is most like; outsiders keep the name of their own kind."""
    if circle != "intended":
        return card.archetypes[0][1] if circle == "adjacent" else "passer-by"
    middle = total(scores[trait] for trait, _ in card.archetypes) / len(card.archetypes)
    spread = sqrt(len(card.archetypes))
    return max(card.archetypes, key=lambda kind: ((scores[kind[0]] - middle) / spread, kind[1]))[1]
