"""Text that every encoder and database can hold: no NUL, no half of a surrogate pair."""

from typing import Any


def is_plain(value: Any) -> bool:
    """Say whether every string in a JSON value, keys included, is whole."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if not _whole(node):
                return False
        elif isinstance(node, dict):
            waiting.extend(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return True


def _whole(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
