"""One kind of reader: who they are, what they know, how they tend to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A hand-written audience card; priors are shifts in standard scores, design assumptions."""

    id: str
    role: str  # plural, as a sentence would name them
    words: tuple[str, ...]  # lower case, what gives a text away as being for them
    expertise: float
    price: float
    skepticism: float
    ages: tuple[int, int]
    occupations: tuple[str, ...]
    archetypes: tuple[tuple[str, str], ...]  # (trait that makes one, name)
    near: tuple[str, ...]  # ids of adjacent cards


def card(
    head: str,
    words: str,
    priors: tuple[float, float, float],
    ages: tuple[int, int],
    occupations: str,
    archetypes: tuple[tuple[str, str], ...],
    near: str,
) -> Card:
    """A card from its compact notation: `id: role`, words apart by blanks, lists by commas."""
    name, role = head.split(": ")
    return Card(
        name, role, tuple(words.split()), *priors, ages,
        tuple(occupations.split(", ")), archetypes, tuple(near.split()),
    )  # fmt: skip
