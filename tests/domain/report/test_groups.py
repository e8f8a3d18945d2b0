"""Segments come largest first, each with its people and one who speaks for it."""

from app.domain.report.groups import grouped
from tests.domain.report.reactions import seat

SEGMENTS = [
    {"name": name, "share": share, "interval": [0.1, 0.5], "summary": name}
    for name, share in (("Leaned in", 0.2), ("Held back", 0.3), ("Passed by", 0.5))
]
MEMBERS = {"Leaned in": [1, 2], "Held back": [3, 4, 5], "Passed by": [6, 7, 8, 9, 10]}
SEATS = [seat(number, intent=number) for number in range(1, 11)]


def test_the_largest_segment_is_the_first_and_everybody_knows_theirs():
    groups, seats = grouped(SEGMENTS, MEMBERS, SEATS)
    assert [(one.name, one.people) for one in groups] == [
        ("Passed by", 5),
        ("Held back", 3),
        ("Leaned in", 2),
    ]
    assert [one.segment for one in seats] == [3, 3, 2, 2, 2, 1, 1, 1, 1, 1]


def test_whoever_is_most_typical_speaks_for_a_segment():
    groups, _ = grouped(SEGMENTS, MEMBERS, SEATS)
    assert [one.voice.number for one in groups] == [8, 4, 1]


def test_a_segment_nobody_is_in_has_no_voice():
    groups, _ = grouped(SEGMENTS, MEMBERS | {"Leaned in": []}, SEATS)
    assert (groups[-1].people, groups[-1].voice) == (0, None)


def test_where_no_members_were_stored_the_share_counts_them():
    groups, seats = grouped(SEGMENTS, {}, SEATS)
    assert [one.people for one in groups] == [5, 3, 2]
    assert {one.segment for one in seats} == {0}
