"""Where in the tested text people got stuck: literal spans of it, each with its frictions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.panel.shapes import Json

_QUOTED = re.compile(r"“([^”]+)”")
_MOST_STUCK = 3
_LEAST_STUCK = 2  # people


class Piece(NamedTuple):
    """A stretch of the text, in order; frictions are numbers from 1."""

    text: str
    frictions: tuple[int, ...] = ()
    stuck: bool = False


class Stuck(NamedTuple):
    """A phrase that stuck, and with how many people."""

    phrase: str
    people: int


def stuck(bodies: Sequence[Json], text: str) -> list[Stuck]:
    """The phrases that stuck with most people, of those that stand in the text."""
    counted = Counter(body["stuckPhrase"] for body in bodies if body.get("stuckPhrase"))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    found = [Stuck(*item) for item in ordered if item[1] >= _LEAST_STUCK and _find(item[0], text)]
    return found[:_MOST_STUCK]


def marked(text: str, frictions: Sequence[Json], stuck: Sequence[Stuck] = ()) -> list[Piece]:
    """The text in pieces that joined are the text; a mark never overlaps another."""
    spans = _numbered(text, frictions)
    for one in stuck:
        found = _find(one.phrase, text)
        if found:
            spans.setdefault(found, [])
    return list(_cut(text, _apart(spans), spans))


def about(quote: str, text: str) -> list[str]:
    """The phrases of the text that somebody quotes."""
    return [phrase for phrase in _phrases(quote) if _find(phrase, text)]


def _numbered(text: str, frictions: Sequence[Json]) -> dict[tuple[int, int], list[int]]:
    """The spans that frictions and the quotes behind them name."""
    spans: dict[tuple[int, int], list[int]] = {}
    for number, friction in enumerate(frictions, 1):
        said = [friction["point"], *(one["quote"] for one in friction["evidence"])]
        for phrase in dict.fromkeys(phrase for each in said for phrase in _phrases(each)):
            found = _find(phrase, text)
            if found and number not in spans.setdefault(found, []):
                spans[found].append(number)
    return spans


def _phrases(said: str) -> Iterator[str]:
    for found in _QUOTED.findall(said):
        phrase = found.rstrip("… ").strip()
        if phrase:
            yield phrase


def _find(phrase: str, text: str) -> tuple[int, int] | None:
    """The first place of a phrase as whole words; a line end stands for a blank."""
    words = [re.escape(word) for word in phrase.split()]
    pattern = r"\s+".join(words)
    before = r"(?<!\w)" if phrase[:1].isalnum() else ""
    after = r"(?!\w)" if phrase[-1:].isalnum() else ""
    found = re.search(before + pattern + after, text) if words else None
    return found.span() if found else None


def _apart(spans: dict[tuple[int, int], list[int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap: the longest first, of equal ones the gravest friction's."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], min(spans[one], default=99), one)):
        if all(span[1] <= start or end <= span[0] for start, end in kept):
            kept.append(span)
    return sorted(kept)


def _cut(
    text: str, kept: Sequence[tuple[int, int]], spans: dict[tuple[int, int], list[int]]
) -> Iterator[Piece]:
    reached = 0
    for start, end in kept:
        if text[reached:start]:
            yield Piece(text[reached:start])
        numbers = tuple(spans[start, end])
        yield Piece(text[start:end], numbers, stuck=not numbers)
        reached = end
    if text[reached:]:
        yield Piece(text[reached:])
