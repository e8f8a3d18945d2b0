"""The segments of a report as a reader meets them: the largest first, each with its people."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.panel.intervals import mean
from app.domain.panel.shapes import Json
from app.domain.report.seats import Seat


class Group(NamedTuple):
    """One segment."""

    number: int  # from 1, the largest first: also its mark
    name: str
    people: int
    share: float
    low: float
    high: float
    summary: str
    voice: Seat | None  # whose intent lies nearest to the segment's mean


def grouped(
    segments: Sequence[Json], members: Mapping[str, Sequence[int]], seats: Sequence[Seat]
) -> tuple[list[Group], list[Seat]]:
    """The segments with their people counted, and every seat with the number of its segment."""
    ordered = sorted(segments, key=lambda one: -_count(one, members, len(seats)))
    number_of = {
        seat: number
        for number, one in enumerate(ordered, 1)
        for seat in members.get(one["name"], ())
    }
    told = [seat._replace(segment=number_of.get(seat.number, 0)) for seat in seats]
    return [_group(n, one, members, told) for n, one in enumerate(ordered, 1)], told


def _group(
    number: int, segment: Json, members: Mapping[str, Sequence[int]], seats: Sequence[Seat]
) -> Group:
    people = _count(segment, members, len(seats))
    low, high = segment["interval"]
    return Group(
        number,
        segment["name"],
        people,
        people / len(seats) if seats else segment["share"],
        low,
        high,
        segment["summary"],
        _typical([seat for seat in seats if seat.segment == number]),
    )


def _count(segment: Json, members: Mapping[str, Sequence[int]], of: int) -> int:
    seats = members.get(segment["name"])
    return round(segment["share"] * of) if seats is None else len(seats)


def _typical(seats: Sequence[Seat]) -> Seat | None:
    middle = mean([seat.body["intent"] for seat in seats])
    order = {seat.number: abs(seat.body["intent"] - middle) for seat in seats}
    return min(seats, key=lambda seat: (order[seat.number], seat.number), default=None)
