"""The example answer, with its room drawn."""

from typing import Any

from app.docs.example import PEOPLE, example
from app.web import figures


def shown() -> dict[str, Any]:
    """What a template needs to draw the example."""
    kept = example()
    drawn = figures.room(tuple(each.people for each in kept.segments))
    return {"example": kept, "people": PEOPLE, "room": drawn}
