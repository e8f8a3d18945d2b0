"""The content's own telling words, as a person who read part of it may use them."""

import re
from functools import lru_cache

from app.adapters.engines.embedded.voice.surface import adjunct

_MOST = 4
_WORD = re.compile(r"[^\W\d_]{3,24}")
_NOUNLIKE = ("ing", "tion", "ment", "ity", "ness", "ance", "ence", "ware", "ism", "logy", "ship")
_PLURAL = re.compile(r"[^s]s$|sses$")


@lru_cache(maxsize=2048)
def topics_in(text: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that occur in what was read, written as it writes them."""
    words = dict.fromkeys(_WORD.findall(text))
    by_low: dict[str, str] = {}
    for word in words:
        by_low.setdefault(word.lower(), word)
    written = [_written(by_low[low], words) for topic in topics if (low := topic.lower()) in by_low]
    if not written and by_low:
        written = [_written(max(by_low.values(), key=len), words)]
    return tuple(written[:_MOST])


def before_noun(word: str, *, english: bool) -> str:
    """A topic as it stands before "part": a plain singular, or quoted where it is not English."""
    return adjunct(word) if english else f"“{word}”"


def alone(word: str, *, english: bool) -> str:
    """A topic as a noun phrase of its own."""
    if english and (word.lower().endswith(_NOUNLIKE) or _PLURAL.search(word)):
        return word
    return f"the {before_noun(word, english=english)} part"


def _written(word: str, words: dict[str, None]) -> str:
    """Lower case where the text has it so; a name keeps its capital."""
    low = word.lower()
    return low if low in words or (word.isupper() and len(word) > _MOST) else word
