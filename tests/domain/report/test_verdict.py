"""The verdict claims a majority only where the whole range lies beyond the half."""

import pytest

from app.domain.report.groups import Group
from app.domain.report.measures import measure
from app.domain.report.verdict import majority, verdict, weight
from tests.domain.report.reactions import bodies, panel

FRICTION = {"point": "No price is named.", "severity": 4.2, "evidence": []}


def _group(number, name, share, low, high):
    return Group(number, name, round(100 * share), share, low, high, "", None)


def _said(people, frictions=(FRICTION,), groups=(), *, reworded=True):
    return verdict(measure(bodies(people), {}), groups, list(frictions), reworded=reworded)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (panel(scroll=80, stay=20), "Most scroll past"),
        (panel(scroll=55, stay=45), "The room is split"),
        (panel(scroll=50, stay=50), "The room is split"),
        (panel(scroll=20, stay=70, click=10), "Most read on"),
        (panel(scroll=10, stay=10, click=50, save=30), "Most click or save it"),
        (panel(scroll=6, stay=4), "The room is split"),  # ten people are few
    ],
)
def test_most_is_said_only_where_the_range_allows_it(people, told):
    assert majority(measure(bodies(people), {})) == told


def test_a_grave_friction_is_named_in_the_sentence():
    assert _said(panel(scroll=80, stay=20)).sentence == "Most scroll past. No price is named."


@pytest.mark.parametrize(
    ("severity", "end"),
    [
        (0.0, ", and nothing in it stands in the way."),
        (0.2, ", and nothing in it stands in the way."),
        (0.3, ", and no single thing in it weighs much."),
        (1.9, ", and no single thing in it weighs much."),
        (2.0, ". No price is named."),
    ],
)
def test_a_small_friction_is_not_made_the_reason(severity, end):
    said = _said(panel(stay=100), [FRICTION | {"severity": severity}])
    assert said.sentence == f"Most read on{end}"
    assert ("largest snag" in said.lede) == (0.3 <= severity < 2.0)


def test_the_worst_friction_counts_in_whatever_order_they_come():
    mild = {"point": "Too long.", "severity": 2.5, "evidence": []}
    assert _said(panel(stay=100), [mild, FRICTION]).sentence.endswith("No price is named.")
    assert _said(panel(stay=100), []).sentence.endswith("nothing in it stands in the way.")


def test_groups_whose_ranges_meet_are_not_ranked():
    near = [_group(1, "A", 0.46, 0.37, 0.56), _group(2, "B", 0.33, 0.25, 0.43)]
    far = [_group(1, "A", 0.70, 0.60, 0.78), _group(2, "B", 0.20, 0.13, 0.29)]
    assert "could as well be “B”" in _said(panel(stay=9), groups=near).lede
    assert "as well" not in _said(panel(stay=9), groups=far).lede
    assert "“A”: 70 % of the panel (60 to 78 %)." in _said(panel(stay=9), groups=far).lede


def test_a_rewrite_is_promised_only_where_there_is_one():
    assert "No rewording" in _said(panel(stay=9), reworded=False).lede
    assert "stands below" in _said(panel(stay=9), reworded=True).lede


def test_weight_is_told_in_words_that_grow():
    words = [weight(severity) for severity in (0.0, 1.0, 3.0, 7.0)]
    assert len(set(words)) == 4
    assert "nothing" in words[0]
    assert "much" in words[3]
