"""Every figure comes with its range, and with the people it is of."""

import pytest

from app.domain.panel.intervals import wilson
from app.domain.report.measures import average, change, measure, share
from tests.domain.report.reactions import bodies, panel, seat

STATS = {"sentiment": {"positive": 1, "neutral": 2, "negative": 7, "mixed": 0}}


def test_who_did_not_scroll_past_read_on():
    found = measure(bodies(panel(scroll=6, stay=2, click=1, save=1)), {})
    assert found.read_on == share(4, 10)
    assert found.acted == share(2, 10)
    assert [round(one.value * 10) for one in found.decisions.values()] == [2, 6, 1, 1]
    assert sum(found.histogram) == found.people == 10


def test_what_was_not_asked_of_single_people_is_taken_from_the_counts():
    found = measure(bodies(panel(stay=10)), STATS)
    assert found.trust is None
    assert found.negative == share(7, 10)
    assert measure(bodies(panel(stay=10)), {}).negative is None


def test_what_was_asked_is_counted():
    asked = [seat(1, trust=3, sentiment="negative"), seat(2, trust=5, sentiment="mixed")]
    found = measure(bodies(asked), STATS)
    assert found.trust.value == 4.0
    assert found.negative == share(1, 2)


@pytest.mark.parametrize(("hits", "of"), [(0, 10), (5, 10), (10, 10), (1, 1000)])
def test_a_share_lies_within_its_range(hits, of):
    found = share(hits, of)
    assert (found.low, found.high) == wilson(hits, of)
    assert found.low <= found.value <= found.high


def test_a_mean_never_leaves_its_scale():
    assert average([0, 0, 10]).low == 0.0
    assert average([10, 10, 0]).high == 10.0
    assert average([]).of == 0


def test_a_change_is_measured_person_by_person():
    found = change([1, 5, 9], [2, 6, 10])
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_a_panel_nobody_sat_on_has_no_figures_to_divide():
    found = measure([], {})
    assert (found.people, found.read_on.value) == (0, 0.0)
