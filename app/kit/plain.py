"""Text from elsewhere, made harmless to show: without control, bidi and invisible characters."""

import unicodedata

_KEPT = {"\n", "\t"}
_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FILLERS = {"\u115f", "\u1160", "\u3164", "\uffa0"}  # of Hangul: letters that show nothing


def plain(text: str) -> str:
    """The text without characters that hide, reorder or command, and with one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or _shows(c))


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _REMOVED and character not in _FILLERS
