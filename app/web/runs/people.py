"""The people of a panel, a few at a time; the address says which."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import request

from app.domain.report.seats import Seat

A_PAGE = 12
_SEGMENTS = ("1", "2", "3")


class People(NamedTuple):
    """Those who are shown, of how many, and where the pages beside begin."""

    shown: list[Seat]
    segment: int  # 0: everybody
    first: int  # place of the first one shown, from 1
    of: int
    before: int | None  # seat the page before begins with
    after: int | None


def asked(seats: Sequence[Seat]) -> People:
    """The page of people that the address asks for."""
    segment = request.args.get("segment", "")
    seat = request.args.get("seat", "")
    return chosen(
        seats,
        int(segment) if segment in _SEGMENTS else 0,
        int(seat) if seat.isdecimal() and len(seat) < 5 else 1,
    )


def chosen(seats: Sequence[Seat], segment: int, seat: int) -> People:
    """A page of a segment's people, or of all, from a seat on."""
    those = [one for one in seats if segment in {0, one.segment}]
    start = next((place for place, one in enumerate(those) if one.number >= seat), 0)
    end = start + A_PAGE
    return People(
        those[start:end],
        segment,
        start + 1,
        len(those),
        those[max(start - A_PAGE, 0)].number if start else None,
        those[end].number if end < len(those) else None,
    )
