"""The room seats everybody, from the left, none on another's place."""

from itertools import combinations, pairwise
from math import atan2, dist

import pytest

from app.web.figures import HEIGHT, WIDTH, room

PANELS = [(10,), (4, 3, 3), (40, 31, 29), (46, 33, 21), (100, 0, 0), (90, 80, 80)]


@pytest.mark.parametrize("counts", PANELS, ids=str)
def test_everybody_has_a_seat_of_their_own_inside_the_picture(counts):
    drawn = room(counts)
    assert tuple(map(len, drawn.segments)) == counts
    seats = [place for places in drawn.segments for place in places]
    assert min(dist(one, other) for one, other in combinations(seats, 2)) > 2 * drawn.mark
    for x, y in seats:
        assert drawn.mark <= x <= WIDTH - drawn.mark
        assert drawn.mark <= y <= HEIGHT - drawn.mark


def test_segments_sit_beside_one_another_from_the_left():
    turns = [[atan2(300 - y, x - 300) for x, y in places] for places in room((40, 31, 29)).segments]
    for left, right in pairwise(turns):
        assert min(left) >= max(right) - 0.01
