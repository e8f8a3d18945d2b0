from math import log

import pytest

from app.domain.panel.stacked import stacked
from tests.domain.panel.reactions import reaction


def _panel(stopped, of=20):
    acts = ["click"] * stopped + ["scroll"] * (of - stopped)
    return [reaction(seat, decision=act) for seat, act in enumerate(acts, 1)]


def _odds(share):
    return log(share / (1 - share))


def test_the_share_of_both_lies_half_way_between_their_log_odds():
    told = stacked(_panel(16), _panel(8))
    assert (told["model"]["share"], told["embedded"]["share"]) == (0.8, 0.4)
    assert _odds(told["share"]) == pytest.approx((_odds(0.8) + _odds(0.4)) / 2, abs=1e-3)
    assert told["interval"][0] < told["share"] < told["interval"][1]
    assert told["weight_of_model"] == 0.5


@pytest.mark.parametrize("stopped", [0, 20])
def test_none_and_all_are_half_a_person_away_from_it(stopped):
    told = stacked(_panel(stopped), _panel(stopped))
    assert 0 < told["share"] < 1
    assert told["interval"][0] <= told["share"] <= told["interval"][1]


def test_each_judge_keeps_the_interval_of_its_own():
    told = stacked(_panel(16), _panel(8))
    assert told["embedded"] == stacked(_panel(0), _panel(8))["embedded"]
    assert told["embedded"]["interval"] == [0.2188, 0.6134]
