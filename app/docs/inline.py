"""What stands inside a line of our Markdown: code, links and weight."""

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")
_WEIGHT = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_TWIN = re.compile(r"(/docs/[\w-]+)\.md(?=$|#)")


def inline(text: str) -> str:
    """A line as HTML; inside code nothing means anything."""
    parts = _CODE.split(text)
    return "".join((_words, _code)[place % 2](part) for place, part in enumerate(parts))


def plain(text: str) -> str:
    """A line without its marks, for names and labels."""
    return _LINK.sub(r"\1", _WEIGHT.sub(r"\1", _CODE.sub(r"\1", text)))


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _words(text: str) -> str:
    return _LINK.sub(_link, _WEIGHT.sub(r"<b>\1</b>", escape(text)))


def _link(found: re.Match[str]) -> str:
    """A page's Markdown twin is linked as the page."""
    address = _TWIN.sub(r"\1", found[2])
    return f'<a href="{address}">{found[1]}</a>'
