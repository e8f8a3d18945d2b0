"""Answers as a page prints them: JSON, a short list on one line."""

import json
import re
import textwrap
from typing import Any

_SHORT = re.compile(r"\[\s+([^\[\]{}\"]+?)\s+\]")
_BREAK = re.compile(r",\s+")


def printed(value: Any) -> str:
    """JSON to be read; lists of numbers take one line."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _SHORT.sub(lambda found: f"[{_BREAK.sub(', ', found[1])}]", text)


def wrapped(text: str) -> str:
    """A draft as it was sent, its lines no longer than a page shows."""
    return "\n".join(textwrap.fill(line, 72) for line in text.splitlines())


def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    """An answer without the fields that a page does not speak of."""
    return {name: part for name, part in value.items() if name not in names}


def only(value: dict[str, Any], *names: str) -> dict[str, Any]:
    """The fields of an answer that a page speaks of, in their order there."""
    return {name: part for name, part in value.items() if name in names}
