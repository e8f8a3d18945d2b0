"""The content's own telling words, as a person who read part of it may use them."""

import re
from functools import lru_cache

from app.adapters.engines.embedded.voice.small_words import BEFORE_NOUN, BEFORE_VERB
from app.adapters.engines.embedded.voice.surface import adjunct

_MOST = 4
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,30}|\d+")  # noqa: RUF001 - an apostrophe as written
_NOUNLIKE = ("ing", "tion", "ment", "ity", "ness", "ance", "ence", "ware", "ism", "logy", "ship")
_PLURAL = re.compile(r"[^su]s$|sses$")
_NO_NOUN = ("ed", "ly", "ize", "ise", "ful", "ous", "able", "ible", "less", "ical")


@lru_cache(maxsize=2048)
def topics_in(text: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that occur in what was read, written as it writes them, nouns first."""
    words = _WORD.findall(text)
    forms: dict[str, list[str]] = {}
    befores: dict[str, list[str]] = {}
    for before, word in zip(["", *words], words, strict=False):
        forms.setdefault(word.lower(), []).append(word)
        befores.setdefault(word.lower(), []).append(before.lower())
    present = [topic.lower() for topic in topics if topic.lower() in forms]
    if not present:
        present = sorted((w for w in forms if len(w) > 2), key=len, reverse=True)[:1]
    nouns = [topic for topic in present if _noun_score(topic, befores[topic]) > 0]
    return tuple(_written(topic, forms[topic]) for topic in (nouns or present)[:_MOST])


@lru_cache(maxsize=2048)
def named(word: str, turn: int, *, english: bool) -> dict[str, str]:
    """The slots that name a topic: before a noun, and on its own."""
    return {
        "w": before_noun(word, english=english),
        "v": alone(word, turn, english=english),
    }


def before_noun(word: str, *, english: bool) -> str:
    """A topic as it stands before "part": a plain singular, or quoted where it is not English."""
    return adjunct(word) if english else f"“{word}”"


def alone(word: str, turn: int, *, english: bool) -> str:
    """A topic as a noun phrase of its own."""
    part = ("part", "bit")[turn % 2]
    if english and turn % 3 and (word.lower().endswith(_NOUNLIKE) or _PLURAL.search(word)):
        return f"the {part} about {word}"
    return f"the {before_noun(word, english=english)} {part}"


def _noun_score(topic: str, befores: list[str]) -> int:
    score = sum(
        (before in BEFORE_NOUN or before.isdigit()) - 2 * (before in BEFORE_VERB)
        for before in befores
    )
    return score + topic.endswith(_NOUNLIKE) + (score == 0) - 2 * topic.endswith(_NO_NOUN)


def _written(topic: str, forms: list[str]) -> str:
    """Lower case where the text has it so; a name keeps its capital."""
    first = forms[0]
    shouted = first.isupper() and len(first) > _MOST
    return topic if topic in forms or shouted else first


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """Every word of a text, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(text))
