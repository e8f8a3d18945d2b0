"""Plain measures of a wording, by name: what stands in it, how often, how long, how loud."""

import math
import re
from collections.abc import Sequence

from app.adapters.engines.embedded.heads.tokens import links, plain, tokens, unlinked
from app.adapters.engines.embedded.heads.word_lists import OPENING, SETS

_ENDINGS = {
    "superlative": re.compile(r"[a-z]{3,}est"),
    "ing": re.compile(r"[a-z]{3,}ing"),
    "past": re.compile(r"[a-z]{3,}ed"),
    "adverb": re.compile(r"[a-z]{3,}ly"),
    "abstract": re.compile(r".*(?:tion|ment|ness|ity|ism|ance|ence)s?"),
}
_MARKS = {
    "question": "?", "exclamation": "!", "comma": ",", "colon": ":", "semicolon": ";",
    "hyphen": "-", "bracket": "(", "hashtag": "#", "mention": "@", "dollar": "$", "percent": "%",
    "ampersand": "&", "ellipsis": "\u2026", "slash": "/", "star": "*", "plus": "+", "dots": "...",
    "period": ".", "line": "\n",
}  # fmt: skip
_QUOTES = '"\u201c\u201d'
_SENTENCE_END = re.compile(r"[.!?\u2026]+\s+|\n+")
_TYPOGRAPHIC = frozenset("\u2026\u201c\u201d\u2018\u2019\u2013\u2014")
_PICTURES_FROM = 0x2100
_LONG, _SHORT = 8, 4


def measures(text: str) -> dict[str, float]:
    """Every measure of a text; the same names for any text, in the same order."""
    bare = unlinked(text)
    written = [each for each in tokens(bare) if each[0].isalnum()]
    words = [plain(each) for each in written]
    return {
        **_lists(words),
        **_forms(words),
        **_marks(bare),
        **_case(written),
        **_lengths(bare, words),
        **_edges(text, written, words),
    }


def _lists(words: Sequence[str]) -> dict[str, float]:
    count = max(len(words), 1)
    hits = {name: sum(word in kept for word in words) for name, kept in SETS.items()}
    shares = {f"{name}_share": hit / count for name, hit in hits.items()}
    return {**{name: float(hit) for name, hit in hits.items()}, **shares}


def _forms(words: Sequence[str]) -> dict[str, float]:
    found = {
        name: float(sum(bool(form.fullmatch(word)) for word in words))
        for name, form in _ENDINGS.items()
    }
    found["apostrophes"] = float(sum("'" in word for word in words))
    return found


def _marks(bare: str) -> dict[str, float]:
    found = {name: float(bare.count(mark)) for name, mark in _MARKS.items()}
    found["quotes"] = sum(bare.count(mark) for mark in _QUOTES) / 2
    found["pictures"] = float(
        sum(ord(char) > _PICTURES_FROM and char not in _TYPOGRAPHIC for char in bare)
    )
    found["colon_place"] = max(bare.find(":"), 0) / max(len(bare), 1)
    return found


def _case(written: Sequence[str]) -> dict[str, float]:
    count = max(len(written), 1)
    numbers = [each for each in written if each[0].isdigit()]
    return {
        "numbers": float(len(numbers)),
        "large_numbers": float(sum(len(each) > 2 for each in numbers)),
        "shouted": float(sum(each.isupper() and len(each) > 1 for each in written)),
        "capitals_share": sum(each[0].isupper() for each in written) / count,
        "lower_share": sum(each[0].islower() for each in written) / count,
        "inner_capitals": float(sum(each[0].isupper() for each in written[1:])),
    }


def _lengths(bare: str, words: Sequence[str]) -> dict[str, float]:
    count = max(len(words), 1)
    sentences = sum(bool(part.strip()) for part in _SENTENCE_END.split(bare.strip()))
    return {
        "words": float(len(words)),
        "words_log": math.log1p(len(words)),
        "words_root": math.sqrt(len(words)),
        "characters": float(len(bare)),
        "characters_log": math.log1p(len(bare)),
        "word_length": sum(map(len, words)) / count,
        "long_words": float(sum(len(word) > _LONG for word in words)),
        "long_share": sum(len(word) > _LONG for word in words) / count,
        "short_share": sum(len(word) < _SHORT for word in words) / count,
        "sentences": float(sentences),
        "sentences_log": math.log1p(sentences),
        "words_a_sentence": count / max(sentences, 1),
        "distinct_share": len(set(words)) / count,
        "distinct_log": math.log1p(len(set(words))),
    }


def _edges(text: str, written: Sequence[str], words: Sequence[str]) -> dict[str, float]:
    first = words[0] if words else ""
    opening = {f"opens_{name}": float(first in SETS[name]) for name in OPENING}
    return {
        **opening,
        "opens_capital": float(bool(written) and written[0][0].isupper()),
        "opens_number": float(bool(written) and written[0][0].isdigit()),
        "opens_mention": float(text.startswith("@")),
        "opens_hashtag": float(text.startswith("#")),
        "links": float(links(text)),
        "ends_in_link": float(bool(re.search(r"https?://\S+\s*\Z", text))),
        "retweets": float("RT" in written),
    }
