"""The words of a text with their places; letters and digits, nothing else."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """One word in lower case and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Every word in order; `don't` is two of them, as the lexicons write it."""
    return [Token(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
