"""Pieces of the content that may stand in quotation marks: literal, short, on one line."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.adapters.engines.embedded.voice.small_words import (
    DANGLING,
    JOINING,
    LEADING_ON,
    MEASURES,
    OPENING,
)

MAX_WORDS = 9
_PHRASE = 4  # words a quotation keeps where it ends before the next phrase
_MAX_CHARS = 72
_UNSPACED = 24  # characters quoted of a text that has no spaces to cut at
_FENCES = frozenset('“”„«»‹›"<>[]{}|`*\\')  # noqa: RUF001 - these would open or close something in our sentence
_EDGE_LEFT = " \t.,;:!?…-–—_~=+•·()/&'’"  # noqa: RUF001 - typographic marks are the point
_EDGE_RIGHT = " \t.,;:…-–—#_~=+•·(/&‘"  # noqa: RUF001 - typographic marks are the point
_CLAUSE = re.compile(r"[,;:](?=\s)|[.!?…]+(?=\s)|\s[-–—]\s|—")  # noqa: RUF001 - dashes as written
_HEADING = re.compile(r"#+\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def readable(character: str) -> bool:
    """Whether a character may be repeated: no control, format, surrogate or line separator."""
    return character.isprintable() or character in "\u00a0\u202f\u2009\u3000"


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[str, ...]:
    """The runs of a text that are safe to quote, in order, trimmed at their edges."""
    kept = "".join(c if readable(c) and c not in _FENCES else "\n" for c in text)
    trimmed = (_trim(run) for run in kept.split("\n"))
    return tuple(run for run in trimmed if run and "://" not in run)


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """Clause-sized quotations of a text, in order; never empty where anything is readable."""
    found = [cut for piece in pieces(text) for part in _parts(piece) if (cut := _landed(part))]
    telling = [cut for cut in found if len(cut.split()) > 2] or [
        cut for cut in found if any(map(str.isalpha, cut))
    ]
    return tuple(dict.fromkeys(telling or found))


@lru_cache(maxsize=4096)
def tight(surface: str) -> str:
    """A surface as it can be quoted; empty where nothing of it is readable."""
    found = [part for piece in pieces(surface) for part in _SENTENCE_END.split(piece)]
    return shorten(_trim(max(found, key=len))) if found else ""


@lru_cache(maxsize=4096)
def measured(before: str, surface: str, after: str) -> str:
    """A figure with what it counts: the words after it, or those that lead to a bare one."""
    core = tight(surface)
    last = core.rpartition(" ")[2].lower()
    told = last.isalpha() and last not in MEASURES
    if told or not core or not surface.endswith(core):
        return core
    counted = _counted(core, after)
    return _led_to(before, core) if counted.isdigit() else counted


def _led_to(before: str, core: str) -> str:
    """A bare figure with up to four words that lead to it."""
    clause = _CLAUSE.split(before)[-1]
    if not clause.endswith(" ") or pieces(clause) != (clause.strip(),):
        return core
    words = clause.split()[-4:]
    while words and words[0].lower() in DANGLING:
        words.pop(0)
    start = len(clause) - sum(len(word) + 1 for word in words)
    return clause[start:] + core if clause[start:].split() == words else core


@lru_cache(maxsize=4096)
def around(text: str, start: int, end: int) -> str:
    """The clause a cue stands in; a long one is cut to the words next to the cue."""
    for begin, clause in _spread(text):
        if begin <= start < begin + len(clause):
            inner = _near(clause, start - begin, end - begin)
            return tight(inner) or tight(text[start:end])
    return tight(text[start:end])


def _spread(text: str) -> Iterator[tuple[int, str]]:
    """The clauses of a text with where each begins."""
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield begin, text[begin : match.end()]
        begin = match.end()
    yield begin, text[begin:]


def _near(clause: str, start: int, end: int) -> str:
    words = list(re.finditer(r"\S+", clause))
    while len(words) > 1 and words[0].end() <= start and words[0][0].lower() in JOINING:
        words.pop(0)
    here = next((i for i, word in enumerate(words) if word.end() > start), len(words) - 1)
    first = 0 if here < MAX_WORDS - 2 else max(0, min(here - 2, len(words) - MAX_WORDS))
    while first < here and first and words[first][0].lower() in DANGLING:
        first += 1
    last = min(first + MAX_WORDS, len(words)) - 1
    while last + 1 < len(words) and words[last].start() >= end and _dangles(words[last][0]):
        last -= 1
    least = max(here, first + _PHRASE - 1)
    while least < last and words[least].end() < end:
        least += 1
    last = _phrase_end([word[0] for word in words], least, last)
    return clause[words[first].start() : words[last].end()] if words else ""


def _phrase_end(words: Sequence[str], least: int, last: int) -> int:
    """The last place up to `last` at which a phrase is whole; `last` where there is none."""
    if last + 1 < len(words):
        for place in range(last, least - 1, -1):
            opens = words[place + 1].lower() in OPENING or words[place][-1] in ",;:"
            if opens and not _dangles(words[place]):
                return place
    return last


def _counted(core: str, after: str) -> str:
    taken = ""
    for match in re.finditer(r"[ %-][^\W\d_][\w'’-]*|%", after[:60]):  # noqa: RUF001 - an apostrophe as written
        if match.start() != len(taken):
            break
        taken += match[0]
        word = match[0].strip().lower()
        joined = word.startswith("-")  # 30-day: what is counted comes after it
        if not joined and word not in MEASURES and word not in DANGLING and word != "%":
            break
    words = taken.split(" ")
    while words[-1].lower() in DANGLING:
        words.pop()
    return core + " ".join(words)


def shorten(piece: str) -> str:
    """The first words of a piece that make a quotation of at most nine words."""
    words = piece.split()
    if len(words) == 1:
        return piece if len(piece) <= _MAX_CHARS else _trim(piece[:_UNSPACED])
    if len(words) <= MAX_WORDS and len(piece) <= _MAX_CHARS:
        return piece
    return _trim(_first_words(piece, MAX_WORDS)) or shorten(words[0])


def _landed(part: str) -> str:
    """A clause that does not end on a word that leads elsewhere."""
    words = shorten(part).split(" ")
    while len(words) > 1 and words[-1].lower() in LEADING_ON:
        words.pop()
    return _trim(" ".join(words))


def _first_words(piece: str, count: int) -> str:
    ends = [m.end() for m in re.finditer(r"\S+", piece[: _MAX_CHARS * 4])][:count]
    while len(ends) > 1 and (ends[-1] > _MAX_CHARS or _dangles(piece[: ends[-1]])):
        ends.pop()
    words = piece[: _MAX_CHARS * 4].split()
    last = _phrase_end(words, _PHRASE - 1, len(ends) - 1)
    return piece[: ends[last]] if ends[last] <= _MAX_CHARS else piece[:_UNSPACED]


def _dangles(text: str) -> bool:
    return text.rsplit(None, 1)[-1].lower() in DANGLING


def _parts(piece: str) -> list[str]:
    return [part for raw in _CLAUSE.split(piece) if (part := _trim(_unjoined(raw)))]


def _unjoined(clause: str) -> str:
    first, _, rest = clause.strip().partition(" ")
    return rest if rest and first.lower() in JOINING else clause


def _trim(text: str) -> str:
    trimmed = _HEADING.sub("", text.strip()).lstrip(_EDGE_LEFT).rstrip(_EDGE_RIGHT)
    if trimmed.count("(") != trimmed.count(")"):
        parts = re.split(r"[()]", trimmed)
        trimmed = max(parts, key=len).strip(_EDGE_LEFT)
    return trimmed or text.strip()[:_UNSPACED]  # a text of punctuation is quoted as punctuation
