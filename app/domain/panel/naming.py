"""Whom an audience text names: the phrases on it that say what its people are."""

from collections.abc import Iterator

from app.domain.panel.cards.names import NAMES
from app.domain.panel.cards.tech import TECH
from app.domain.panel.cards.work import WORK
from app.domain.panel.word_sets import word_set, words_in

Phrase = tuple[str, ...]

_PASTIMES = ("gamers", "gadgets")  # whose people may do anything
_HIT = 3.0  # for each word of a name: "product manager" says more than "manager"
_BESIDE = 0.25  # of a name that stands behind "of", "for", "who": it says whose or which people
_BEHIND = word_set("of at in for with who whose that to from about")
_PEOPLE = word_set(  # a trade's, whatever they are called
    "folk folks team teams professional professionals leader leaders specialist specialists"
    " community reader readers staff expert experts"
)


def named(text: str) -> dict[str, float]:
    """How strongly a text names the people of each card; the first and longest names count most."""
    words = words_in(text)
    scores: dict[str, float] = {}
    at, weight = 0, 1.0
    while at < len(words):
        length, ids = _longest(words[at : at + _LONGEST])
        for id_ in ids:
            scores[id_] = scores.get(id_, 0.0) + weight * _HIT * length / len(ids)
        weight = _BESIDE if scores and words[at] in _BEHIND else weight
        at += max(length, 1)
    return scores


def _longest(words: list[str]) -> tuple[int, Phrase]:
    """The longest name that begins here, in words, and the cards that have it."""
    for length in range(len(words), 0, -1):
        *first, last = words[:length]
        for form in _forms(last):
            if ids := _CARDS_OF.get((*first, form)):
                return length, ids
    return 0, ()


def _forms(word: str) -> Iterator[str]:
    """The word, and what it may be the plural of."""
    yield word
    if word in _PEOPLE:
        yield "people"
    for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word[: -len(ending)] + singular


def _phrase(name: str) -> Phrase:
    return tuple(words_in(name))


def _owners() -> dict[Phrase, Phrase]:
    """Cards by what their people are called.

    An occupation names its trade; those on cards of people met outside their work do not.
    """
    owners: dict[Phrase, list[str]] = {}
    for id_, names in NAMES.items():
        for name in names:
            owners.setdefault(_phrase(name), []).append(id_)
    called = frozenset(owners)
    for card in (*TECH, *WORK):
        for job in () if card.id in _PASTIMES else card.occupations:
            if _phrase(job) not in called:
                owners.setdefault(_phrase(job), []).append(card.id)
    return {phrase: tuple(dict.fromkeys(ids)) for phrase, ids in owners.items()}


_CARDS_OF = _owners()
_LONGEST = max(len(phrase) for phrase in _CARDS_OF)
