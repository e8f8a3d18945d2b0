"""The room: one seat for each person of a panel, in a half circle around whoever speaks."""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, pi, sin

WIDTH, HEIGHT = 600, 316
_CENTRE, _FLOOR = 300, 300
_OUTER, _INNER = 284, 0.36 * 284
_MOST_ROWS = 12
_LARGEST_MARK = 15  # what still fits beside the outer row
_MOST_MARKS = 250  # above, one mark is several people
_SEVERAL = 5


@dataclass(frozen=True, slots=True)
class Room:
    """Where everybody sits, one tuple of places for each segment, and how large a mark is."""

    segments: tuple[tuple[tuple[float, float], ...], ...]
    mark: float


def room(counts: tuple[int, ...]) -> Room:
    """Seats for up to 250 people, filled from the left, segment after segment."""
    people = max(sum(counts), 1)
    rows = min(range(2, _MOST_ROWS), key=lambda rows: abs(_gap(rows) - _pitch(rows, people)))
    places = sorted(_places(rows, people))
    ends = [0, *accumulate(counts)]
    return Room(
        tuple(tuple(place for _, place in places[start:end]) for start, end in pairwise(ends)),
        round(min(0.36 * _gap(rows), 0.36 * _pitch(rows, people), _LARGEST_MARK), 1),
    )


def people_a_mark(people: int) -> int:
    """How many people one mark stands for."""
    return 1 if people <= _MOST_MARKS else _SEVERAL


def marks(counts: tuple[int, ...]) -> tuple[int, ...]:
    """The marks of each segment; one that has people has a mark."""
    several = people_a_mark(sum(counts))
    return tuple(max(round(count / several), 1) if count else 0 for count in counts)


def _places(rows: int, people: int) -> list[tuple[float, tuple[float, float]]]:
    """Every seat with its angle from the left; a row has as many seats as it is long."""
    radii = _radii(rows)
    ends = [round(people * part / sum(radii)) for part in accumulate(radii)]
    return [
        _seat(radius, pi * number / max(end - start - 1, 1))
        for radius, (start, end) in zip(radii, pairwise([0, *ends]), strict=True)
        for number in range(end - start)
    ]


def _seat(radius: float, turn: float) -> tuple[float, tuple[float, float]]:
    x, y = _CENTRE - radius * cos(turn), _FLOOR - radius * sin(turn)
    return turn, (round(x, 1), round(y, 1))


def _radii(rows: int) -> list[float]:
    return [_INNER + row * _gap(rows) for row in range(rows)]


def _gap(rows: int) -> float:
    return (_OUTER - _INNER) / (rows - 1)


def _pitch(rows: int, people: int) -> float:
    return pi * sum(_radii(rows)) / people
