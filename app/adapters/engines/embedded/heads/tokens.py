"""A text as the heads count it: words and marks, and the runs of up to three of them."""

import re
from collections.abc import Iterator, Sequence

_LINK = re.compile(r"https?://\S+|www\.\S+")
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?|[^\w\s]")
_START, _END, _NUMBER = "<s>", "</s>", "0"
_LONGEST = 3


def unlinked(text: str) -> str:
    """The text without its links."""
    return _LINK.sub(" ", text)


def links(text: str) -> int:
    """How many links it has."""
    return len(_LINK.findall(text))


def tokens(text: str) -> list[str]:
    """Words and marks as they are written; an apostrophe within a word is its own."""
    return _TOKEN.findall(text)


def runs(written: Sequence[str]) -> set[str]:
    """Every run of one to three tokens in lower case, with where the text begins and ends."""
    lower = [_NUMBER if each.isdecimal() else plain(each) for each in written]
    return set(_runs([_START, *lower, _END]))


def plain(token: str) -> str:
    """A token in lower case with a straight apostrophe."""
    return token.lower().replace("\u2019", "'")


def _runs(marked: Sequence[str]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(marked) - length + 1):
            yield " ".join(marked[start : start + length])
