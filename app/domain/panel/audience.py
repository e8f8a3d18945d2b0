"""Who the content meets: the intended audience, its neighbours, and passers-by."""

import re
from collections import Counter
from dataclasses import dataclass

from app.domain.panel.cards import CARDS, PUBLIC
from app.domain.panel.cards.card import Card
from app.domain.panel.demographics import named_ages, named_gender
from app.domain.panel.naming import named
from app.domain.panel.noise import total
from app.domain.panel.shapes import Json

MIX = (("intended", 0.65), ("adjacent", 0.25), ("accidental", 0.10))
_SURE_AFTER = 3.0  # hits at which an inference is half as sure as it can get
_NAMED = 1.0  # one word of an audience text that no other card has
_FAINT = 1.2  # below this nothing was recognised in a text
_READ = 20_000  # characters that settle who a text is for

# What an audience text may say about its people beyond their role: (trait, shift).
_MODIFIERS = {
    "skeptical": ("skepticism", 0.8), "sceptical": ("skepticism", 0.8),
    "cynical": ("skepticism", 1.0), "trusting": ("skepticism", -0.8),
    "budget": ("price_sensitivity", 0.8), "frugal": ("price_sensitivity", 1.0),
    "cheap": ("price_sensitivity", 0.8), "bootstrapped": ("price_sensitivity", 0.6),
    "wealthy": ("price_sensitivity", -1.0), "affluent": ("price_sensitivity", -1.0),
    "enterprise": ("price_sensitivity", -0.4), "senior": ("expertise", 0.6),
    "expert": ("expertise", 0.8), "experts": ("expertise", 0.8),
    "experienced": ("expertise", 0.6), "beginner": ("expertise", -1.0),
    "beginners": ("expertise", -1.0), "junior": ("expertise", -0.6),
    "novice": ("expertise", -1.0), "nontechnical": ("expertise", -1.0),
    "curious": ("novelty", 0.6), "adopters": ("novelty", 0.8), "conservative": ("novelty", -0.6),
    "analytical": ("need_for_cognition", 0.8), "busy": ("need_for_cognition", -0.5),
    "casual": ("need_for_cognition", -0.5),
}  # fmt: skip
_DENIED = re.compile(r"(?<![\w-])(?:not|without|except|excluding)(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Audience:
    """The settled audience: which card is meant, who else sees it, and how sure that is."""

    text: str
    source: str  # given | inferred
    confidence: float  # 0 … 1
    card: Card
    words: tuple[str, ...]  # the audience text's own words, known to the intended
    shifts: tuple[tuple[str, float], ...]
    ages: tuple[int, int]
    gender: str | None  # of the intended, where the text asks for one


def settle(given: str | None, content: str) -> Audience:
    """The audience named in the request, or the one the content itself seems to be for."""
    card, confidence = infer(content)
    if given is None:
        return _audience(card.role, "inferred", confidence, card, "")
    if given in _BY_ROLE:
        return _audience(given, "given", 1.0, _BY_ROLE[given], "")
    said = _DENIED.split(given, maxsplit=1)[0]
    scores = _scores(said)
    scores.pop(PUBLIC.id, None)  # that they are people, or live, says nothing of them
    for id_, score in named(said).items():
        scores[id_] = scores.get(id_, 0.0) + score
    best = max(scores, key=lambda id_: (scores[id_], id_)) if scores else PUBLIC.id
    if scores.get(best, 0.0) < _NAMED:  # the words name no card we have: read them as they are
        return _audience(given, "given", 0.3, PUBLIC, given)
    return _audience(given, "given", _sureness(scores, best), CARDS[best], given)


def infer(content: str) -> tuple[Card, float]:
    """The card whose words the content uses most, and how sure that is."""
    scores = _scores(content[:_READ])
    if not scores:
        return PUBLIC, 0.1
    best = max(scores, key=lambda id_: (scores[id_], id_))
    if scores[best] < _FAINT:
        return PUBLIC, 0.2
    return CARDS[best], _sureness(scores, best)


def described(audience: Audience) -> Json:
    """What the report says of the audience."""
    return {
        "text": audience.text,
        "inferred": audience.source == "inferred",
        "source": audience.source,
        "confidence": round(audience.confidence, 2),
        "mix": dict(MIX),
        "read_as": audience.card.role,
        "adjacent": [CARDS[id_].role for id_ in audience.card.near],
    }


def _audience(text: str, source: str, sure: float, card: Card, own: str) -> Audience:
    words = [word.lower() for word in _WORD.findall(own)]
    shifts = [_MODIFIERS[word] for word in words if word in _MODIFIERS]
    telling = tuple(dict.fromkeys(word for word in words if len(word) > 3))
    said = _DENIED.split(own, maxsplit=1)[0]
    ages, gender = named_ages(said, card.ages), named_gender(said)
    return Audience(text, source, sure, card, telling, tuple(shifts), ages, gender)


def _scores(text: str) -> dict[str, float]:
    counts = Counter(_form(word.lower()) for word in _WORD.findall(text) if word not in _PRONOUNS)
    scores: dict[str, float] = {}
    for word in sorted(counts):
        for id_ in _CARDS_OF.get(word, ()):
            scores[id_] = scores.get(id_, 0.0) + min(counts[word], 2) / len(_CARDS_OF[word])
    return scores


def _form(word: str) -> str:
    """The word, or its singular where only that stands on a card."""
    return word if word in _CARDS_OF or not word.endswith("s") else word[:-1]


def _sureness(scores: dict[str, float], best: str) -> float:
    lead = scores[best]
    rivals = total(sorted(scores.values(), reverse=True)[:3])
    return round(lead / rivals * lead / (lead + _SURE_AFTER) * 0.95 + 0.05, 6)


def _index(words_of: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for id_, words in words_of.items():
        for word in dict.fromkeys(words):
            index.setdefault(word, []).append(id_)
    return {word: tuple(ids) for word, ids in index.items()}


_PRONOUNS = frozenset(("it", "It", "its", "Its"))  # IT is a trade
_BY_ROLE = {card.role: card for card in CARDS.values()}
_CARDS_OF = _index({card.id: card.words for card in CARDS.values()})
