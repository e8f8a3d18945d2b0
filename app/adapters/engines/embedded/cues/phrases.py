"""Cues that are phrases of a lexicon: the longest phrase at a place wins."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.adapters.engines.embedded.cues.kinds import Found
from app.adapters.engines.embedded.lexicon import INDEX, SIDE_INDEX, Entry
from app.adapters.engines.embedded.reading.words import Token
from app.domain.panel.shapes import Span
from app.domain.panel.word_sets import word_set

_GAP = 3  # characters that may stand between two words of a phrase
_BREAKS = frozenset(".!?\n\r;:…")
_NEGATIONS = word_set("not no never without isn aren zero anti")
_NEGATABLE = frozenset(("hype", "urgency", "vague_claim", "positivity", "jargon"))
_NUMBERISH = frozenset(("proof", "social_proof"))
_FAREWELL = (  # the line that ends a letter
    r"all the best|best|(?:(?:best|kind|kindest|warm|warmest) )?(?:regards|wishes)|warmly|cheers"
    r"|love|sincerely|yours(?: \w+)?|respectfully|thanks(?: \w+)?|thank you"
)
_UNSPOKEN = re.compile(
    r"```.{0,4000}?(?:```|\Z)|`[^`\n]{1,200}`|(?:https?://|www\.)[^\s)\]]{1,2000}"
    r"|\b[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}/[^\s)\]]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}"
    r"|\b[\w-]{1,60}\.(?:com|org|net|io|dev|ai|app|co|example|eu|uk|de)\b"
    rf"|(?<=[.?!] )(?:{_FAREWELL}),(?= (?-i:[A-Z])[\w.-]{{1,30}}(?: [^.?!\n]{{0,50}})?\s*\Z)"
    rf"|^[ \t]*(?:{_FAREWELL})[ \t]*[,.!]?[ \t]*\r?$(?=[\s\S]{{0,200}}\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_WITH_FIGURE = 0.4  # a claim of proof that comes with a figure counts for more


def phrased(content: str, spans: Sequence[Span], words: Sequence[Token]) -> list[Found]:
    """Every phrase of the lexicons, and on its own the words of benefit and audience."""
    starts = [span.start for span in spans]
    spoken = _spoken(content, words)
    hits = [*_matches(content, spoken, INDEX), *_matches(content, spoken, SIDE_INDEX)]
    found = []
    for entry, start, end in hits:
        place = max(bisect_right(starts, start) - 1, 0)
        if spans[place].start <= start and end <= spans[place].end:
            strength = entry.strength + _support(entry, spans[place])
            found += [Found(entry.kind, place, start, end, strength)] if strength else []
    return found


def _spoken(content: str, words: Sequence[Token]) -> list[Token]:
    """The words that are said: an address, code and a letter's last line mean no word."""
    starts, ends = [0], [0]
    for match in _UNSPOKEN.finditer(content):
        starts.append(match.start())
        ends.append(match.end())
    return [word for word in words if word.start >= ends[bisect_right(starts, word.start) - 1]]


def _matches(
    content: str, words: Sequence[Token], index: Mapping[str, tuple[Entry, ...]]
) -> list[tuple[Entry, int, int]]:
    hits = []
    place = 0
    while place < len(words):
        entry = _entry_at(content, words, place, index)
        if entry is None:
            place += 1
            continue
        last = place + len(entry.words) - 1
        if not (entry.kind in _NEGATABLE and place and words[place - 1].word in _NEGATIONS):
            hits += [(entry, words[place].start, words[last].end)] if entry.kind else []
        place = last + 1
    return hits


def _entry_at(
    content: str, words: Sequence[Token], place: int, index: Mapping[str, tuple[Entry, ...]]
) -> Entry | None:
    for entry in index.get(words[place].word, ()):
        size = len(entry.words)
        run = words[place : place + size]
        if len(run) == size and all(
            token.word == word for token, word in zip(run, entry.words, strict=True)
        ):
            gaps = pairwise(run)
            if all(_close(content, left.end, right.start) for left, right in gaps):
                return entry
    return None


def _close(content: str, end: int, start: int) -> bool:
    return start - end <= _GAP and not any(char in _BREAKS for char in content[end:start])


def _support(entry: Entry, span: Span) -> float:
    figure = entry.kind in _NUMBERISH and any(char.isdigit() for char in span.text)
    return _WITH_FIGURE if figure else 0.0
