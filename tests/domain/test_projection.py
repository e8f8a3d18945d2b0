"""The pace of the last two weeks, with its interval, and what it says of the end of some tokens."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import projection

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TODAY = NOW.replace(hour=0)


def spent(*tokens: int) -> dict[datetime, int]:
    """Tokens of the days before today, yesterday's last."""
    return {TODAY - timedelta(days=len(tokens) - n): count for n, count in enumerate(tokens)}


@pytest.mark.parametrize("tokens", [(), (0, 0, 0, 0), (100,), (0, 100, 100)])
def test_fewer_than_three_days_since_the_first_spending_say_nothing(tokens):
    assert projection.pace(spent(*tokens), NOW) is None


def test_today_is_not_over_and_does_not_count():
    days = spent(100, 100, 100)
    assert projection.pace(days | {TODAY: 9_000}, NOW) == projection.pace(days, NOW)


def test_days_before_the_first_spending_do_not_count_and_idle_ones_since_do():
    pace = projection.pace(spent(0, 0, 0, 300, 0, 0), NOW)
    assert (pace.rate, pace.days) == (100, 3)


def test_only_the_last_fourteen_days_count():
    pace = projection.pace(spent(9_000, *[10] * 14), NOW)
    assert (pace.rate, pace.low, pace.high, pace.days) == (10, 10, 10, 14)


def test_the_interval_is_that_of_students_t():
    pace = projection.pace(spent(100, 200, 300), NOW)
    assert pace.rate == 200
    assert pace.high == pytest.approx(200 + 4.303 * 100 / 3**0.5)
    assert pace.low == 0


def test_an_even_pace_names_one_day():
    out = projection.pace(spent(100, 100, 100), NOW).runs_out(250, NOW)
    assert out.at == out.earliest == out.latest == NOW + timedelta(days=2.5)


def test_an_uneven_pace_names_days_around_it_or_no_last_one():
    out = projection.pace(spent(100, 200, 300), NOW).runs_out(1_000, NOW)
    assert out.earliest < out.at == NOW + timedelta(days=5)
    assert out.latest is None


def test_what_lasts_for_a_year_has_no_end():
    assert projection.pace(spent(1, 1, 1), NOW).runs_out(400, NOW).at is None
