"""Who will sit on a panel, before anybody has read anything."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.domain.panel.audience import MIX, Audience, described, settle
from app.domain.panel.margins import AGES
from app.domain.panel.people import People
from app.domain.panel.shapes import Json, Persona

SEATED = 200  # seats that are looked at; seat 17 is the same person however many are seated
_SHOWN = 6  # of the most frequent occupations


class Part(NamedTuple):
    """People who share something, and how many of those seated they are."""

    name: str
    people: int


class Makeup(NamedTuple):
    """What a panel is made of."""

    audience: Json
    seats: int  # of the whole panel
    seated: int
    circles: tuple[Part, ...]
    archetypes: tuple[Part, ...]
    ages: tuple[Part, ...]
    roles: tuple[Part, ...]
    other_roles: int  # people of occupations that are too many to show

    @property
    def is_whole(self) -> bool:
        """Whether everybody who will read is counted."""
        return self.seated == self.seats


def makeup(
    content_type: str, content: str, given: str | None, seed: int, persona_count: int
) -> Makeup:
    """The panel such a request seats, by its first seats."""
    audience = settle(given, content)
    people = _seated(audience, content_type, seed, min(persona_count, SEATED))
    roles = _most_first(one.occupation for one in people)
    return Makeup(
        audience=described(audience),
        seats=persona_count,
        seated=len(people),
        circles=_in_order((one.circle for one in people), [name for name, _ in MIX]),
        archetypes=_most_first(one.archetype for one in people),
        ages=_in_order((_band(one.age) for one in people), [_named(*band) for band in _BANDS]),
        roles=roles[:_SHOWN],
        other_roles=sum(part.people for part in roles[_SHOWN:]),
    )


@lru_cache(maxsize=32)
def _seated(audience: Audience, content_type: str, seed: int, seats: int) -> tuple[Persona, ...]:
    """Kept a while: whoever writes asks again and again for the panel of one text."""
    people = People(seed, audience, content_type)
    return tuple(people.person(number) for number in range(1, seats + 1))


def _most_first(names: Iterable[str]) -> tuple[Part, ...]:
    counted = Counter(names).items()
    return tuple(Part(*each) for each in sorted(counted, key=lambda each: (-each[1], each[0])))


def _in_order(names: Iterable[str], order: list[str]) -> tuple[Part, ...]:
    counted = Counter(names)
    return tuple(Part(name, counted[name]) for name in order if counted[name])


def _band(age: int) -> str:
    return next(_named(low, high) for low, high in _BANDS if low <= age <= high)


def _named(low: int, high: int) -> str:
    return f"{low}–{high}"  # noqa: RUF001 # a range of years is written with this dash


_BANDS = tuple((low, high) for low, high, _ in AGES)
