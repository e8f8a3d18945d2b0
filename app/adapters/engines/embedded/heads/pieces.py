"""Word pieces: the longest known beginnings, as BERT's tokenizer cuts them (Devlin et al. 2019)."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "vendor" / "wordpieces.txt"
_LONGEST_WORD = 100
_UNKNOWN = "[UNK]"
_MARKS = frozenset(map(chr, (*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127))))


@cache
def vocabulary() -> dict[str, int]:
    """Every piece and its number."""
    lines = _FILE.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def pieces(text: str) -> list[int]:
    """The numbers of a text's pieces in their order."""
    known = vocabulary()
    return [number for word in _words(text) for number in _cut(word, known)]


def _words(text: str) -> Iterator[str]:
    """Lower case without accents; marks and ideographs stand alone."""
    word = ""
    for char in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(char)
        if kind == "Mn" or char == "\ufffd":
            continue
        alone = char in _MARKS or kind.startswith("P") or "\u4e00" <= char <= "\u9fff"
        if alone or char.isspace() or kind in {"Cc", "Cf"}:
            if word:
                yield word
            word = ""
            if alone:
                yield char
        else:
            word += char
    if word:
        yield word


def _cut(word: str, known: dict[str, int]) -> list[int]:
    found: list[int] = []
    start = 0
    while start < len(word) <= _LONGEST_WORD:
        lead = "##" if start else ""
        end = len(word)
        while end > start and lead + word[start:end] not in known:
            end -= 1
        if end == start:
            return [known[_UNKNOWN]]
        found.append(known[lead + word[start:end]])
        start = end
    return found or [known[_UNKNOWN]]
