"""Text from elsewhere, made harmless to show: without control, bidi and zero-width characters."""

import unicodedata

_KEPT = {"\n", "\t"}
_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain(text: str) -> str:
    """The text without characters that hide, reorder or command, and with one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _REMOVED)
