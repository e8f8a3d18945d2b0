"""What a rewrite changes, word by word, and what in it is left for the author to fill in."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from app.domain.panel.shapes import Json

_GAP = r"\[[^\[\]\n]{1,120}\]"
_FILL = re.compile(_GAP)
_WORD = re.compile(rf"{_GAP}|\w+(?:['\u2019-]\w+)*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+|\n)?\s*")
_LEAD = re.compile(r"\s*#*[ \t]*")
_BREAK = re.compile(r"\s*\n\s*")
_PARAGRAPH = "\n\n"
_MOST = 1_000_000  # pairs of words that are worth comparing in one go


class Piece(NamedTuple):
    """A stretch of both texts, of the first alone, or of the second alone."""

    kind: str  # same | gone | new
    text: str


class Part(NamedTuple):
    """A stretch of a text, and whether it is a blank for the author."""

    text: str
    fill: bool


def whole(rewrite: Json, before: str) -> str:
    """A rewrite as one text, its headline set as the author set theirs."""
    headline, body = rewrite.get("headline"), str(rewrite["body"])
    if not headline:
        return body
    lead = _LEAD.match(before)
    opening = lead[0] if lead else ""
    gap = _BREAK.search(before, len(opening))
    return f"{opening}{headline}{gap[0] if gap else _PARAGRAPH}{body}"


def changes(before: str, after: str) -> list[Piece]:
    """The way from one text to the other: sentence by sentence first, then word by word."""
    was, now = _sentences(before), _sentences(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(was[a:b])))
        else:
            found += _words("".join(was[a:b]), "".join(now[c:d]))
    return list(_joined(_calm(found)))


def parts(text: str, before: str) -> list[Part]:
    """A rewrite cut at its blanks; brackets the author wrote are text like any other."""
    found, reached = [], 0
    for gap in _FILL.finditer(text):
        if gap[0] in before:
            continue
        if text[reached : gap.start()]:
            found.append(Part(text[reached : gap.start()], fill=False))
        found.append(Part(gap[0], fill=True))
        reached = gap.end()
    return [*found, Part(text[reached:], fill=False)] if text[reached:] else found


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE.findall(text) if found]


def _words(before: str, after: str) -> list[Piece]:
    was, now = _WORD.findall(before), _WORD.findall(after)
    if len(was) * len(now) > _MOST:
        return _replaced(before, after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(was[a:b])))
        else:
            found += _replaced("".join(was[a:b]), "".join(now[c:d]))
    return found


def _replaced(before: str, after: str) -> list[Piece]:
    return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]


def _calm(pieces: Sequence[Piece]) -> list[Piece]:
    """A lone blank between two changes belongs to both, so that a phrase changes as a whole."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1
        if piece.kind == "same" and inside and not piece.text.strip() and "\n" not in piece.text:
            found += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            found.append(piece)
    return found


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring changes as one that goes and one that comes."""
    gone = new = same = ""
    for piece in pieces:
        if piece.kind == "same":
            yield from _replaced(gone, new)
            gone, new, same = "", "", same + piece.text
            continue
        if same:
            yield Piece("same", same)
            same = ""
        gone += piece.text if piece.kind == "gone" else ""
        new += piece.text if piece.kind == "new" else ""
    yield from _replaced(gone, new)
    if same:
        yield Piece("same", same)
