"""Drawings of the pages: the words are in the Markdown, the picture is in a file beside it."""

from html import escape
from pathlib import Path

FENCE = "figure"
"""The language of a fence whose caption names a drawing and whose text says the same in words."""

_DRAWINGS = Path(__file__).parent / "figures"


def drawn(name: str, words: str) -> str:
    """The drawing, and below it what it says for whoever cannot see it."""
    picture = (_DRAWINGS / f"{name}.svg").read_text(encoding="utf-8")
    return (
        f'<figure class="drawing">{picture}<figcaption><details><summary>The same in words'
        f"</summary><pre>{escape(words)}</pre></details></figcaption></figure>\n"
    )
