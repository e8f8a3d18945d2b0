import math
import statistics

import pytest

from app.domain.panel.noise import bell, exp, gumbel, ln, probit, squash, total
from app.domain.panel.streams import Stream


@pytest.mark.parametrize("x", [1e-15, 0.01, 0.5, 0.9999, 1.0, 1.0001, 2.0, 3.7, 1e6])
def test_the_logarithm_agrees_with_the_libraries(x):
    assert ln(x) == pytest.approx(math.log(x), abs=1e-11)


@pytest.mark.parametrize("x", [-30.0, -1.0, -1e-9, 0.0, 0.3, 1.0, 25.0])
def test_the_exponential_agrees_with_the_libraries(x):
    assert exp(x) == pytest.approx(math.exp(x), rel=1e-12)


@pytest.mark.parametrize("unit", [0.001, 0.025, 0.31, 0.5, 0.84, 0.999])
def test_the_normal_quantile_is_close_enough(unit):
    assert probit(unit) == pytest.approx(statistics.NormalDist().inv_cdf(unit), abs=5e-4)


def test_bell_draws_have_the_moments_of_a_normal():
    stream = Stream("moments")
    draws = [bell(stream.word()) for _ in range(4000)]
    assert statistics.mean(draws) == pytest.approx(0, abs=0.06)
    assert statistics.stdev(draws) == pytest.approx(1, abs=0.04)


def test_the_extreme_value_quantile_has_its_median_and_survives_the_ends():
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2)), abs=1e-9)
    assert gumbel(0.0) < gumbel(0.5) < gumbel(1.0) < 60


def test_squash_is_bounded_odd_and_rising():
    values = [squash(x) for x in (-1e9, -1, -0.1, 0, 0.1, 1, 1e9)]
    assert values == sorted(values)
    assert -1 <= values[0] < values[-1] <= 1
    assert squash(-0.7) == -squash(0.7)


def test_total_adds_from_left_to_right():
    assert total([1e16, 1.0, -1e16]) == 0.0
