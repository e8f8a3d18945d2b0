"""Code with its words marked in three kinds: names, strings and comments."""

from html import escape

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, String, _TokenType
from pygments.util import ClassNotFound

_KINDS = ((Comment, "c"), (String, "s"), (Keyword, "n"), (Name.Tag, "n"), (Name.Builtin, "n"))


def marked(text: str, language: str) -> str:
    """Code as HTML; in a language nobody knows it stays as it is."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return escape(text)
    return "".join(_piece(kind, piece) for kind, piece in lexer.get_tokens(text))


def _piece(kind: _TokenType, text: str) -> str:
    named = next((name for each, name in _KINDS if kind in each), "")
    return f'<span class="{named}">{escape(text)}</span>' if named else escape(text)
