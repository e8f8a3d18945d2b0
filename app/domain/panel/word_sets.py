"""Sets of words written as running text, which reads and reviews better than quoted lists."""

import re

_WORD = re.compile(r"[^\W\d_]+")


def word_set(text: str) -> frozenset[str]:
    """The blank-separated words of a text."""
    return frozenset(text.split())


def words_in(text: str) -> list[str]:
    """The words of a text in lower case; of a hyphened one each part."""
    return [word.lower() for word in _WORD.findall(text)]
