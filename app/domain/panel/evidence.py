"""People's own words about one thing, from the reactions they left."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.panel.shapes import Json, Reaction

LOOKS = "layout_"  # what kinds of what is seen of a page begin with

_MOST_QUOTES = 3
_ALIKE = 0.7
_CITED = 2  # worth of a quotation beside a word that gives the subject away
_NO_WORD = re.compile(r"[\W_]+")
_CITATION = re.compile(r"“([^”]*)”")
_SENTENCE_END = re.compile(r"[.!?](?= |$)")


_Order = tuple[bool, int, float, int]  # beside the point, mentions (negated), moved, place


class Subject(NamedTuple):
    """What quotes are wanted about."""

    kind: str
    absent: bool  # nobody has reacted to it yet: doubts and questions are what bears on it
    named: Sequence[str]  # its own phrases in the content: who quotes one speaks of it
    marks: Sequence[str]  # phrases that give a mention away
    praised: Sequence[str]  # phrases that speak for the content: who quotes one does not complain
    aside: Sequence[str] = ()  # phrases that give away talk of the page around the text


class _Said(NamedTuple):
    quote: str
    bare: str
    cited: str  # what stands in quotation marks, bare
    own: str  # what does not, bare


class Testimony:
    """Everything a panel said that may be quoted, sentence by sentence."""

    def __init__(self, reactions: Sequence[Reaction]) -> None:
        self._reactions = reactions
        self._said = [_listed(one, ("objections", "quote", "thinkAloud")) for one in reactions]
        self._asked = [_listed(one, ("openQuestions", "objections")) for one in reactions]

    def speaks(self, subject: Subject) -> bool:
        """Whether anybody speaks of it."""
        return any(mentions and not besides for (besides, mentions, *_), *_ in self._on(subject))

    def about(self, subject: Subject, used: set[str]) -> list[Json]:
        """Up to three quotes: of those who speak of it first, then of those it moved most."""
        return _distinct(sorted(self._on(subject)), used)

    def _on(self, subject: Subject) -> Iterator[tuple[_Order, int, str]]:
        """Every sentence, with its place in the order of those that bear on the subject."""
        named, marks = (
            [mark for mark in map(bare, phrases) if mark.strip()]
            for phrases in (subject.named, subject.marks)
        )
        praised = [mark for mark in map(bare, subject.praised) if mark.strip()]
        aside = list(map(bare, subject.aside))
        seen = subject.kind.startswith(LOOKS)
        for one, said, asked in zip(self._reactions, self._said, self._asked, strict=True):
            moved = _moved(subject, one)
            for place, it in enumerate((asked or said) if subject.absent else said):
                cites = moved < 0 and any(mark in it.cited for mark in named)
                told = it.own if seen else it.bare  # a text may speak of phones, too
                hints = moved < 0 and any(mark in told for mark in marks)
                besides = not cites and any(mark in it.cited for mark in praised)
                besides = besides or (not hints and any(mark in it.own for mark in aside))
                order = (besides, -(_CITED * cites + hints), moved, place)
                yield order, one.number, it.quote


def bare(text: str) -> str:
    """Lower-case words between single blanks, so that a phrase is found only as whole words."""
    return f" {_NO_WORD.sub(' ', text.lower()).strip()} "


def _listed(one: Reaction, fields: Sequence[str]) -> list[_Said]:
    texts: list[str] = []
    for field in fields:
        value = one.body.get(field, ())
        texts += [value] if isinstance(value, str) else value
    return [
        _Said(
            quote,
            bare(quote),
            " ".join(map(bare, _CITATION.findall(quote))),
            bare(_CITATION.sub(" ", quote)),
        )
        for text in texts
        for quote in _sentences(text)
    ]


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, never cut inside quotation marks."""
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        sentence = text[begin : match.end()].strip()
        goes_on = text[match.end() + 1 : match.end() + 2].islower()
        if not goes_on and sentence.count("“") == sentence.count("”"):
            yield sentence
            begin = match.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def _moved(subject: Subject, one: Reaction) -> float:
    """How far this person was moved by it; for what is absent, how little they trusted."""
    if subject.absent:
        return float(one.state["outcome"]["trust"]) - 10.0
    reasons = one.state["reasons"]
    return round(float(next((value for kind, value in reasons if kind == subject.kind), 0.0)), 6)


def _distinct(found: Sequence[tuple[_Order, int, str]], used: set[str]) -> list[Json]:
    evidence: list[Json] = []
    seats: set[int] = set()
    texts = set(used)
    for (besides, mentions, _, _), number, quote in found:
        weak = besides or not mentions  # unrelated words only where there are no others
        if len(evidence) == _MOST_QUOTES or (evidence and weak):
            break
        if number not in seats and not any(_alike(quote, text) for text in texts):
            seats.add(number)
            texts.add(quote)
            evidence.append(_quoted(number, quote))
    return evidence or [_quoted(number, quote) for _, number, quote in found[:1]]


def _quoted(number: int, quote: str) -> Json:
    return {"quote": quote, "persona_id": f"p{number}"}


def _alike(one: str, other: str) -> bool:
    """Whether two quotes say the same in nearly the same words."""
    words, others = set(one.lower().split()), set(other.lower().split())
    return len(words & others) >= _ALIKE * min(len(words), len(others))
