"""How much of an answer fits: it travels twice, as data and as text, and clients cut long ones."""

import json
from typing import Any

# Clients cut results at 100,000 characters; the rest is for `_usage` and the envelope.
LARGEST_ANSWER = 90_000


def size(written: str) -> int:
    """Characters of some JSON on the wire: as it is, and again as a string."""
    return 2 * len(written) + written.count('"') + written.count("\\")


def size_of(value: object) -> int:
    """The same of a value that is not written yet."""
    return size(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def beginning(text: str, room: int) -> str:
    """As much of a text as takes so much room, up to the end of a word, with an ellipsis."""
    if size_of(text) <= room:
        return text
    low, high = 0, min(len(text), room // 2)
    while low < high:  # the longest beginning that fits; what a character takes differs
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size_of(text[:middle]) < room - 2 else (low, middle - 1)
    words = text[:low].rstrip()
    space = max(words.rfind(" "), words.rfind("\n"))
    return f"{words[:space] if space > low // 2 else words}…"


def first_of(reactions: list[dict[str, Any]], room: int, wanted: set[str]) -> list[dict[str, Any]]:
    """The first reactions that fit, and before them whoever is wanted; at least one."""
    order = sorted(
        range(len(reactions)), key=lambda at: (reactions[at]["persona"]["id"] not in wanted, at)
    )
    kept: list[int] = []
    for at in order:
        room -= size_of(reactions[at]) + 2
        if room < 0 and kept:
            break
        kept.append(at)
    return [reactions[at] for at in sorted(kept)]
