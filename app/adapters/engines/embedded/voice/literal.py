"""Pieces of the content that may stand in quotation marks: literal, short, on one line."""

import re
from collections.abc import Iterator
from functools import lru_cache

MAX_WORDS = 9
_MAX_CHARS = 72
_UNSPACED = 24  # characters quoted of a text that has no spaces to cut at
_CUT_WORDS = 7
_FENCES = frozenset('“”„«»‹›"<>[]{}|`*\\')  # would open or close something in our sentence
_EDGE_LEFT = " \t.,;:!?…-–—#_~=+•·()/&'’"  # noqa: RUF001 - typographic marks are the point
_EDGE_RIGHT = " \t.,;:…-–—#_~=+•·(/&‘"  # noqa: RUF001 - typographic marks are the point
_CLAUSE = re.compile(r"[,;:](?=\s)|[.!?…]+(?=\s)|\s[-–—]\s|—")  # noqa: RUF001 - dashes as written
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_DANGLING = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "so",
        "as",
        "if",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "than",
        "that",
        "this",
        "these",
        "those",
        "your",
        "our",
        "my",
        "their",
        "its",
        "his",
        "her",
        "we",
        "you",
        "i",
        "it",
        "they",
        "not",
        "no",
        "more",
        "less",
        "very",
        "who",
        "which",
        "when",
        "while",
        "because",
        "into",
        "over",
        "about",
        "can",
        "will",
        "would",
        "could",
        "should",
        "must",
        "may",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "don't",
        "won't",
        "isn't",
        "without",
        "per",
        "de",
        "la",
        "el",
        "los",
        "las",
        "un",
        "una",
        "y",
        "que",
        "en",
        "con",
        "por",
        "para",
        "und",
        "der",
        "die",
        "das",
        "le",
        "les",
        "et",
        "des",
        "du",
    ]
)
_MEASURES = frozenset(
    [
        "of",
        "more",
        "less",
        "times",
        "faster",
        "slower",
        "cheaper",
        "fewer",
        "per",
        "percent",
        "million",
    ]
)


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
    found = [cut for piece in pieces(text) for part in _parts(piece) if (cut := shorten(part))]
    telling = [cut for cut in found if len(cut.split()) > 1 and any(map(str.isalpha, cut))]
    return tuple(dict.fromkeys(telling or found))


@lru_cache(maxsize=4096)
def tight(surface: str) -> str:
    """A surface as it can be quoted; empty where nothing of it is readable."""
    found = [part for piece in pieces(surface) for part in _SENTENCE_END.split(piece)]
    return shorten(_trim(max(found, key=len))) if found else ""


@lru_cache(maxsize=4096)
def measured(surface: str, after: str) -> str:
    """A figure together with what it counts, as the text goes on after it."""
    core = tight(surface)
    if not core or not surface.endswith(core) or len(core.split()) > 2:
        return core
    return _counted(core, after)


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
    if len(words) <= MAX_WORDS:
        return clause
    here = next((i for i, word in enumerate(words) if word.end() > start), len(words) - 1)
    first = max(0, min(here - 2, len(words) - _CUT_WORDS))
    while first < here and words[first][0].lower() in _DANGLING:
        first += 1
    last = min(first + _CUT_WORDS, len(words)) - 1
    while last > here and words[last].end() > end and _dangles(words[last][0]):
        last -= 1
    return clause[words[first].start() : words[last].end()]


def _counted(core: str, after: str) -> str:
    taken = ""
    for match in re.finditer(r"[ %][^\W\d_][\w'’-]*|%", after[:60]):  # noqa: RUF001 - an apostrophe as written
        if match.start() != len(taken):
            break
        taken += match[0]
        if match[0].strip().lower() not in _MEASURES and match[0] != "%":
            break
    whole = core + taken
    words = whole.split()
    return core if words[-1].lower() in _DANGLING else whole


def shorten(piece: str) -> str:
    """The first words of a piece that make a quotation of at most nine words."""
    words = piece.split()
    if len(words) == 1:
        return piece if len(piece) <= _MAX_CHARS else _trim(piece[:_UNSPACED])
    if len(words) <= MAX_WORDS and len(piece) <= _MAX_CHARS:
        return piece
    return _trim(_first_words(piece, _CUT_WORDS)) or shorten(words[0])


def _first_words(piece: str, count: int) -> str:
    ends = [m.end() for m in re.finditer(r"\S+", piece[: _MAX_CHARS * 4])][:count]
    while len(ends) > 1 and _dangles(piece[: ends[-1]]):
        ends.pop()
    return piece[: ends[-1]] if ends[-1] <= _MAX_CHARS else piece[: ends[0]][:_UNSPACED]


def _dangles(text: str) -> bool:
    return text.rsplit(None, 1)[-1].lower() in _DANGLING


def _parts(piece: str) -> list[str]:
    return [part for raw in _CLAUSE.split(piece) if (part := _trim(raw))]


def _trim(text: str) -> str:
    trimmed = text.lstrip(_EDGE_LEFT).rstrip(_EDGE_RIGHT)
    return trimmed or text.strip()[:_UNSPACED]  # a text of punctuation is quoted as punctuation
