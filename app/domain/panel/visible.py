"""Text of the content, fit to be shown: nothing invisible in it, quotation marks round it."""

import unicodedata

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_KEPT = frozenset("\n\t")


def visible(text: str) -> str:
    """The text without control, bidirectional and zero-width characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in _HIDDEN
    )


def quoted(text: str, most: int) -> str:
    """The text in quotation marks, cut at a word where it is long; empty if nothing can be seen."""
    line = " ".join(visible(text).split())
    if len(line) > most:
        head, blank, _ = line[:most].rpartition(" ")
        line = (head if blank else line[: most - 1]).rstrip(" ,;:.") + "…"
    return f"“{line}”" if line else ""
