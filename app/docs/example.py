"""One real test, as it was answered: a text, who read it, and what they made of it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PEOPLE = 100
_FILE = Path(__file__).with_name("example.json")


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of the panel: how many of the hundred, and between which shares."""

    name: str
    people: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Example:
    """What the front page shows of the report."""

    about: str
    content: str
    segments: tuple[Segment, ...]
    friction: str
    quote: str
    person: str


@cache
def example() -> Example:
    """The answer that is kept; a test asks the engine for it again."""
    kept = answers("")
    return Example(
        about=kept["about"],
        content=kept["content"],
        segments=tuple(Segment(**each) for each in kept["segments"]),
        friction=kept["friction"],
        quote=kept["quote"],
        person=kept["person"],
    )


def answers(base_url: str) -> dict[str, Any]:
    """Every call of the example with its answer, as this installation would give them."""
    kept: dict[str, Any] = json.loads(
        _FILE.read_text(encoding="utf-8").replace("BASE_URL", base_url)
    )
    return kept
