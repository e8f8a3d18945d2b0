import pytest

from app.domain.panel.intervals import around_mean, mean, spread, wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(38, 100, 0.29, 0.48), (4, 10, 0.17, 0.69), (0, 10, 0.0, 0.28), (10, 10, 0.72, 1.0)],
)
def test_the_wilson_interval_of_a_share(hits, of, low, high):
    assert wilson(hits, of) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))


def test_nobody_asked_tells_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
    assert mean([]) == 0.0
    assert spread([3.0]) == 0.0


def test_a_mean_lies_inside_its_interval():
    low, high = around_mean([1.0, 2.0, 3.0, 4.0])
    assert low < 2.5 < high
