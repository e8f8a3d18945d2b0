"""The frame of a hosted page: plain HTML with labels, no script."""

from html import escape
from typing import Any


def page(title: str, *parts: str) -> str:
    """A whole page."""
    inside = "\n".join(parts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"></head>'
        f"<body><main><h1>{escape(title)}</h1>\n{inside}</main></body></html>"
    )


def text(*words: Any) -> str:
    """A paragraph."""
    return f"<p>{escape(' '.join(str(word) for word in words))}</p>"


def alert(words: str) -> str:
    """What went wrong, if anything."""
    return f'<p role="alert">{escape(words)}</p>' if words else ""


def link(href: str, words: str) -> str:
    """A way elsewhere."""
    return f'<p><a href="{escape(href)}">{escape(words)}</a></p>'


def field(name: str, label: str, value: str = "", kind: str = "text") -> str:
    """A labelled field."""
    return (
        f'<p><label for="{name}">{escape(label)}</label> '
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}"></p>'
    )


def choice(name: str, label: str, options: dict[str, str]) -> str:
    """A labelled choice."""
    rows = "".join(
        f'<option value="{key}">{escape(word)}</option>' for key, word in options.items()
    )
    return f'<p><label for="{name}">{escape(label)}</label> <select id="{name}" name="{name}">{rows}</select></p>'


def button(action: str, words: str, **hidden: str) -> str:
    """A form of one button."""
    return form(button_in(action, words), **hidden)


def button_in(action: str, words: str) -> str:
    """A button within a form."""
    return f'<button name="action" value="{action}">{escape(words)}</button>'


def form(*parts: str, **hidden: str) -> str:
    """A form that posts to its own page."""
    kept = "".join(
        f'<input type="hidden" name="{k}" value="{escape(v)}">' for k, v in hidden.items()
    )
    return f'<form method="post">{kept}{"".join(parts)}</form>'
