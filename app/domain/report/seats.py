"""The people of a panel as a report shows them."""

from typing import NamedTuple

from app.domain.panel.shapes import Json


class Seat(NamedTuple):
    """One person of the panel and what they answered."""

    number: int
    persona: Json
    body: Json
    segment: int = 0  # its number, from 1; 0 while there are none
