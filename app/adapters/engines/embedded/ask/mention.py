"""Which words of the content a question is about."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.adapters.engines.embedded.ask.question import Question
from app.adapters.engines.embedded.ask.vocabulary import FUNCTION, REVIEW
from app.adapters.engines.embedded.voice.topics import words_of
from app.domain.panel.shapes import Document

_INSIDE_FIGURE = re.compile(r"\d[.,]\d")
_LONGEST = 9  # words of an unquoted mention
_SEARCHED = 20_000  # characters of the content that are searched


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the content, as it stands there."""

    start: int
    end: int
    text: str


def mention_in(question: Question, document: Document) -> Mention | None:
    """What the question quotes from the content, or else the longest run of words they share."""
    return _found(question, document.text[:_SEARCHED])


def located(phrase: str, document: Document) -> Mention | None:
    """Where a phrase stands in the content, whatever its capitals; whole words only."""
    return _located(phrase, document.text[:_SEARCHED])


@lru_cache(maxsize=256)
def _found(question: Question, text: str) -> Mention | None:
    quoted = (_located(phrase, text) for phrase in question.quoted)
    return next(filter(None, quoted), None) or _longest_run(question.words, text)


def _located(phrase: str, text: str) -> Mention | None:
    wanted = phrase.strip(" .,;:!?").lower().replace("’", "'")  # noqa: RUF001 - as written
    low = text.lower().replace("’", "'")  # noqa: RUF001 - as written
    if not wanted or len(low) != len(text):
        return None
    start = low.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_joins(low, start - 1, start) or _joins(low, end - 1, end)):
            return Mention(start, end, text[start:end])
        start = low.find(wanted, start + 1)
    return None


def _joins(text: str, left: int, right: int) -> bool:
    """Whether the characters on both sides of a cut belong to one word or figure."""
    if not (left >= 0 and right < len(text)):
        return False
    if text[left].isalnum() and text[right].isalnum():
        return True
    around = text[max(left - 1, 0) : right + 2]
    return bool(_INSIDE_FIGURE.search(around))


def _longest_run(words: tuple[str, ...], text: str) -> Mention | None:
    own = words_of(text)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            if run[0] in own and _telling(run) and (found := _located(" ".join(run), text)):
                return found
    return None


def _telling(run: tuple[str, ...]) -> bool:
    """Whether a run of words can only mean the content: a word of its own, not of any question."""
    own = [word for word in run if word not in FUNCTION and word not in REVIEW]
    return bool(own) and run[0] not in FUNCTION and run[-1] not in FUNCTION
