"""The scale of a chart of days ends at a round number that every day fits under."""

from datetime import UTC, datetime, timedelta

import pytest

from app.web.columns import columns

DAYS = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=n) for n in range(30)]


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 10), (7, 10), (11, 12), (130, 160), (1500, 1600), (2000, 2000), (987_654, 1_000_000)],
)
def test_the_top_is_round_and_so_is_its_middle(most, top):
    drawn = columns(DAYS, {DAYS[3]: most})
    assert (drawn.top, drawn.middle) == (top, top // 2)
    assert drawn.days[3].height == round(100 * most / top, 1)
    assert drawn.total == drawn.largest.value == most
    assert len(drawn.days) == 30
