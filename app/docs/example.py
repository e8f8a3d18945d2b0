"""One real answer, as it was given: a text, who read it, and what they made of it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    """What a page shows of a report."""

    about: str
    content: str
    segments: tuple[Segment, ...]
    friction: str
    quote: str
    person: str


@cache
def example() -> Example:
    """The answer that is kept; a test asks the engine for it again."""
    kept = json.loads(_FILE.read_text(encoding="utf-8"))
    segments = tuple(Segment(**each) for each in kept.pop("segments"))
    return Example(segments=segments, **kept)
