from fractions import Fraction

import pytest

from app.domain.panel.reasons import Reasons
from app.domain.panel.segments import described, segment
from app.domain.panel.shapes import Document
from tests.domain.panel.reactions import reaction

DOCUMENT = Document("x", "text", "en", (), (), {"words": 20.0})
PANELS = {
    "mixed": ["click"] * 30 + ["stay"] * 30 + ["scroll"] * 40,
    "all scroll": ["scroll"] * 100,
    "all click": ["click"] * 100,
    "all stay": ["stay"] * 100,
    "one click": ["click"] + ["scroll"] * 99,
    "ten": ["click"] * 3 + ["stay"] * 3 + ["scroll"] * 4,
    "sevenths": ["save"] * 1 + ["stay"] * 2 + ["scroll"] * 4,
}


def _panel(decisions):
    return [
        reaction(seat, decision, intent=seat % 11, reasons=[("hype", -0.2), ("proof", 0.1)])
        for seat, decision in enumerate(decisions, 1)
    ]


@pytest.mark.parametrize("name", PANELS)
def test_there_are_always_three_groups_that_hold_everyone_once(name):
    panel = _panel(PANELS[name])
    groups = segment(panel, Reasons(DOCUMENT))
    assert len(groups) == 3
    seats = [one.number for group in groups for one in group.members]
    assert sorted(seats) == [one.number for one in panel]
    assert min(len(group.members) for group in groups) >= max(1, len(panel) // 20)


def test_a_summary_speaks_of_what_its_group_is_named_for():
    held = [reaction(seat, "stay", reasons=[("hype", -0.9)]) for seat in range(1, 21)]
    passed = [
        reaction(seat, "scroll", reasons=[("hype", -0.5), ("price", -0.4)])
        for seat in range(21, 61)
    ]
    rows = described(segment([*held, *passed], Reasons(DOCUMENT)), Reasons(DOCUMENT))
    for row, head in ((rows[1], "Held back by "), (rows[2], "Passed by: ")):
        named = row["name"].removeprefix(head)
        assert row["summary"].endswith(f"against it: {named}.")
    assert rows[1]["name"].removeprefix("Held back by ") not in rows[2]["name"]


@pytest.mark.parametrize("name", PANELS)
def test_shares_sum_to_exactly_one_and_lie_in_their_intervals(name):
    rows = described(segment(_panel(PANELS[name]), Reasons(DOCUMENT)), Reasons(DOCUMENT))
    assert sum(Fraction(str(row["share"])) for row in rows) == 1
    assert all(row["interval"][0] <= row["share"] <= row["interval"][1] for row in rows)


def test_the_order_in_which_people_answered_changes_nothing():
    panel = _panel(PANELS["mixed"])
    ways = [segment(order, Reasons(DOCUMENT)) for order in (panel, panel[::-1])]
    assert [[one.number for one in group.members] for group in ways[0]] == [
        [one.number for one in group.members] for group in ways[1]
    ]


def test_groups_are_named_by_what_people_did_and_why():
    names = [group.name for group in segment(_panel(PANELS["mixed"]), Reasons(DOCUMENT))]
    assert names == ["Leaned in for the proof", "Held back by hype words", "Passed by: hype words"]


def test_a_filled_group_does_not_claim_what_its_people_did_not_do():
    groups = segment(_panel(PANELS["all scroll"]), Reasons(DOCUMENT))
    assert groups[0].name.startswith("Came closest")


def test_summaries_carry_figures():
    rows = described(segment(_panel(PANELS["mixed"]), Reasons(DOCUMENT)), Reasons(DOCUMENT))
    assert rows[0]["summary"].startswith("30 of 100: average intent ")
