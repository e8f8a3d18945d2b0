"""What the rest of a period costs and brings: the same cents the provider charges."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import plans
from app.domain.billing import prorated
from app.domain.billing.simulated import reckoning

START = datetime(2038, 1, 31, 9, 30, tzinfo=UTC)
USD = 1_000_000


@given(
    seconds=st.integers(-5, 32 * 86_400),
    pair=st.permutations(plans.PAID_PLANS),
)
def test_it_is_what_the_lines_of_the_change_add_up_to(seconds, pair):
    before, after, _ = pair
    term, at = reckoning.begun(before, START), START + timedelta(seconds=seconds)
    lines = reckoning.change_lines(term, after, at)
    found = prorated.difference(before, after, term.start, term.end, at)
    assert found.usd_micros == reckoning.total(lines)
    less, more = (abs(line.usd_micros) for line in lines)
    old, new = plans.PLANS[before], plans.PLANS[after]
    brought = new.included * more / new.usd_micros - old.included * less / old.usd_micros
    assert abs(found.tokens - brought) <= 1


@pytest.mark.parametrize(
    ("days", "cost", "tokens"),
    [(0, 30 * USD, 8_500), (14, 15 * USD, 4_250), (28, 0, 0)],
)
def test_half_a_period_is_half_of_the_difference(days, cost, tokens):
    end, at = START + timedelta(days=28), START + timedelta(days=days)
    assert prorated.difference("starter", "pro", START, end, at) == (cost, tokens)


def test_a_period_of_no_length_costs_nothing():
    assert prorated.difference("starter", "pro", START, START, START) == (0, 0)
