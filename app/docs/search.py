"""Search over the pages, a heading's worth of text at a time: what is in its name counts most."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from app.docs.catalogue import Catalogue, Page
from app.domain.panel.word_sets import word_set

LONGEST = 100  # characters of a question that are read
MOST = 20

_WORDS = 8  # of a question that count
_SMALL = word_set(
    "a an and are at be by can do does for from get how i if in is it me my of on or our please the"
    " there this to want we what when where which who why will with you your"
)

_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_MARKS = re.compile(r"```\S*.*$|`|\*\*|\[([^\]]*)\]\([^)]*\)|^\|[-| ]+\|$|^[|>#-]+ ?", re.MULTILINE)
_AROUND = 90  # characters shown on each side of the first hit
_TITLE, _NAME, _SUMMARY, _TEXT = 12, 8, 4, 4
_LONG = 200  # words of a section in which one hit says half as much
_INHERITED = 1  # what a page's title and summary say of its further sections
_OF_A_PAGE = 3  # sections of one page that are shown


@dataclass(frozen=True, slots=True)
class Section:
    """A page's text under one heading; the first one has none."""

    page: Page
    anchor: str
    name: str
    text: str
    weighed: dict[str, float]


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
    weights: dict[str, dict[int, float]]


def search(catalogue: Catalogue, question: str) -> list[Hit]:
    """The sections that hold most of the words asked for, or what begins with them; best first."""
    words = _asked(question)
    sections, index = _sections(catalogue), _index(catalogue)
    scores = [_scores(index, word, len(sections)) for word in words]
    held = Counter(number for each in scores for number in each)
    most = max(held.values(), default=0)
    if 2 * most < len(words):
        return []
    best = [number for number, words_held in held.items() if words_held == most]
    best.sort(key=lambda number: (-sum(each.get(number, 0) for each in scores), number))
    return [_hit(sections[number], words) for number in _spread(sections, best)]


def _asked(question: str) -> list[str]:
    """The words of a question that tell: small ones only where there are no others."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(question[:LONGEST])))
    return ([word for word in words if word not in _SMALL] or words)[:_WORDS]


def _spread(sections: list[Section], ranked: list[int]) -> list[int]:
    """The first sections, a few of each page at most."""
    shown, of_page = [], Counter[str]()
    for number in ranked:
        of_page[sections[number].page.slug] += 1
        shown += [number] if of_page[sections[number].page.slug] <= _OF_A_PAGE else []
    return shown[:MOST]


@cache
def _sections(catalogue: Catalogue) -> list[Section]:
    return [section for page in catalogue.pages for section in _of(catalogue, page)]


@cache
def _index(catalogue: Catalogue) -> _Index:
    weights: dict[str, dict[int, float]] = {}
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


def _weigh(page: Page, name: str, text: str) -> dict[str, float]:
    """How much each word says about a section: often says more, but less in a long one."""
    weighed: dict[str, float] = {}
    names = f"{page.title} {page.slug} {page.also}"
    for weight, said in ((_SUMMARY, page.summary), (_NAME, name), (_TITLE, names)):
        own = weight == _NAME or not name  # a page's own words speak for its beginning first
        for word in set(_words(said)):
            weighed[word] = weighed.get(word, 0) + (weight if own else _INHERITED)
    counted = Counter(_words(text))
    long = counted.total() / _LONG
    for word, times in counted.items():
        weighed[word] = weighed.get(word, 0) + _TEXT * times / (times + 1 + long)
    return weighed


def _words(text: str) -> Iterator[str]:
    """Every word, and the parts of a name that is written as one."""
    for name in _WORD.findall(text):
        yield name.lower()
        parts = _PART.findall(name)
        if len(parts) > 1:
            yield from (part.lower() for part in parts)


def _scores(index: _Index, word: str, sections: int) -> dict[int, float]:
    """What a word is worth to each section: a whole word doubly, a rare one more."""
    found: dict[int, float] = {}
    place = bisect_left(index.words, word)
    while place < len(index.words) and index.words[place].startswith(word):
        times = 2 if index.words[place] == word else 1
        for number, weight in index.weights[index.words[place]].items():
            found[number] = max(found.get(number, 0), times * weight)
        place += 1
    rarity = log(1 + sections / max(len(found), 1))
    return {number: rarity * weight for number, weight in found.items()}


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
