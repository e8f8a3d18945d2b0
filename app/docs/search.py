"""Search over the pages, a heading's worth of text at a time: what is in its name counts most."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from app.docs.catalogue import Catalogue, Page

LONGEST = 100  # characters of a question that are read
MOST = 20

_WORDS = 8  # of a question that count

_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_MARKS = re.compile(r"```\S*.*$|`|\*\*|\[([^\]]*)\]\([^)]*\)|^\|[-| ]+\|$|^[|>#-]+ ?", re.MULTILINE)
_AROUND = 90  # characters shown on each side of the first hit
_TITLE, _NAME, _SUMMARY, _TEXT = 12, 8, 4, 1
_OFTEN = 3  # hits in a text beyond this make it no better


@dataclass(frozen=True, slots=True)
class Section:
    """A page's text under one heading; the first one has none."""

    page: Page
    anchor: str
    name: str
    text: str
    weighed: dict[str, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that answers, and the words around where it does."""

    page: Page
    anchor: str
    name: str
    before: str
    found: str
    after: str


class _Index(NamedTuple):
    """Every word there is, in order, and what it says about which section."""

    words: list[str]
    weights: dict[str, dict[int, int]]


def search(catalogue: Catalogue, question: str) -> list[Hit]:
    """The sections that hold every word asked for, or what begins with it; the best first."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(question[:LONGEST])))[:_WORDS]
    if not words:
        return []
    sections, index = _sections(catalogue), _index(catalogue)
    scores = [_scores(index, word) for word in words]
    ranked = sorted(
        (number for number in scores[0] if all(number in each for each in scores)),
        key=lambda number: -sum(each[number] for each in scores),
    )
    return [_hit(sections[number], words) for number in ranked[:MOST]]


@cache
def _sections(catalogue: Catalogue) -> list[Section]:
    return [section for page in catalogue.pages for section in _of(catalogue, page)]


@cache
def _index(catalogue: Catalogue) -> _Index:
    weights: dict[str, dict[int, int]] = {}
    for number, section in enumerate(_sections(catalogue)):
        for word, weight in section.weighed.items():
            weights.setdefault(word, {})[number] = weight
    return _Index(sorted(weights), weights)


def _of(catalogue: Catalogue, page: Page) -> Iterator[Section]:
    text = catalogue.text(page)
    starts = [(0, 0, ""), *((m.start(), m.end(), m[1]) for m in _HEADING.finditer(text))]
    for (_, begin, name), (end, *_) in pairwise([*starts, (len(text), 0, "")]):
        plain = " ".join(_MARKS.sub(r"\1", text[begin:end]).split())
        yield Section(
            page, anchor_of(name), name.replace("`", ""), plain, _weigh(page, name, plain)
        )


def anchor_of(name: str) -> str:
    """The id a heading has on its page."""
    return re.sub(r"[^\w]+", "-", name.replace("`", "").lower()).strip("-")


def _weigh(page: Page, name: str, text: str) -> dict[str, int]:
    """How much each word says about a section."""
    weighed: dict[str, int] = {}
    for weight, said in ((_SUMMARY, page.summary), (_NAME, name), (_TITLE, page.title)):
        own = weight == _NAME or not name  # a page's own words speak for its beginning first
        for word in _words(said):
            weighed[word] = weighed.get(word, 0) + (weight if own else weight // 4)
    counted: dict[str, int] = {}
    for word in _words(text):
        counted[word] = counted.get(word, 0) + 1
    for word, times in counted.items():
        weighed[word] = weighed.get(word, 0) + _TEXT * min(times, _OFTEN)
    return weighed


def _words(text: str) -> Iterator[str]:
    """Every word, and the parts of a name that is written as one."""
    for name in _WORD.findall(text):
        yield name.lower()
        parts = _PART.findall(name)
        if len(parts) > 1:
            yield from (part.lower() for part in parts)


def _scores(index: _Index, word: str) -> dict[int, int]:
    """What a word is worth to each section; a whole word counts double its beginning."""
    found: dict[int, int] = {}
    place = bisect_left(index.words, word)
    while place < len(index.words) and index.words[place].startswith(word):
        times = 2 if index.words[place] == word else 1
        for number, weight in index.weights[index.words[place]].items():
            found[number] = max(found.get(number, 0), times * weight)
        place += 1
    return found


def _hit(section: Section, words: list[str]) -> Hit:
    text = section.text
    places = [place for word in words if (place := text.lower().find(word)) >= 0]
    if not places:
        return Hit(section.page, section.anchor, section.name, section.page.summary, "", "")
    start = min(places)
    word = _WORD.match(text, start)
    end = word.end() if word else start
    return Hit(
        section.page,
        section.anchor,
        section.name,
        before=_shortened(text[max(0, start - _AROUND) : start], cut=start > _AROUND, front=True),
        found=text[start:end],
        after=_shortened(text[end : end + _AROUND], cut=end + _AROUND < len(text), front=False),
    )


def _shortened(text: str, *, cut: bool, front: bool) -> str:
    """Text cut at a word, with an ellipsis where something was left out."""
    if not cut:
        return text
    return f"…{text.partition(' ')[2]}" if front else f"{text.rpartition(' ')[0]}…"
