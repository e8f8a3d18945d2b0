from math import e, log

import pytest

from app.domain.panel.preference import Learned, compare
from tests.domain.panel.reactions import reaction

BASE = [(seat * 37 % 21 - 10) / 8 for seat in range(60)]


def _panel(gain):
    return [reaction(seat, utility=round(base + gain, 6)) for seat, base in enumerate(BASE, 1)]


def test_a_version_everybody_likes_better_wins():
    result = compare([_panel(0.0), _panel(1.5)])
    assert result["winner"] == 1
    assert result["p_a_beats_b"] > 0.6
    assert result["preferred"] == [0.0, 1.0]
    assert "B" in result["verdict"]


def test_under_sixty_percent_it_is_too_close_to_call():
    result = compare([_panel(0.1), _panel(0.0)])
    assert result["winner"] is None
    assert 0.5 < result["p_a_beats_b"] < 0.6
    assert result["verdict"].startswith("Too close to call")


@pytest.mark.parametrize(("sure", "told"), [(0.5999, 59), (0.595, 59), (0.57, 57), (0.52, 52)])
def test_a_lead_too_small_to_call_is_told_in_fewer_percent_than_it_takes(sure, told):
    learned = Learned([log(sure / (1 - sure)), 0.0], (0.9, 1.1), "validated-wording")
    result = compare([_panel(0.0), _panel(0.0)], learned)
    assert (result["winner"], result["p_a_beats_b"]) == (None, sure)
    ahead = f"Too close to call: A is ahead of B with {told} %, under 60 %."
    assert result["verdict"] == ahead


def test_equal_versions_split_the_panel():
    result = compare([_panel(0.0), _panel(0.0), _panel(0.0)])
    assert result["preferred"] == [0.3333, 0.3333, 0.3334]
    assert result["p_a_beats_b"] == 0.5


@pytest.mark.parametrize("gain", [0.3, 1.0, 50.0])
def test_the_order_of_the_versions_does_not_matter(gain):
    forth, back = compare([_panel(0.0), _panel(gain)]), compare([_panel(gain), _panel(0.0)])
    assert forth["p_a_beats_b"] == back["p_a_beats_b"] <= 0.7
    assert forth["winner"] in (None, 1)


def test_the_interval_holds_the_estimate():
    lopsided = [reaction(seat, utility=round(base + (0.8 if seat % 3 else -0.4), 6))
                for seat, base in enumerate(BASE, 1)]  # fmt: skip
    result = compare([lopsided, _panel(0.0)])
    low, high = result["interval"]
    assert low < result["p_a_beats_b"] < high


def test_what_people_chose_settles_the_odds_whatever_the_panel_likes():
    learned = Learned([0.0, 1.0, -1.0], (0.9, 1.1), "validated-wording")
    told = compare([_panel(2.0), _panel(0.0), _panel(0.0)], learned)
    assert told["compared"] == [1, 0]
    assert told["winner"] == 1
    assert told["p_a_beats_b"] == 0.7311
    assert told["interval"] == [0.7109, 0.7503]
    assert told["preferred"] == [1.0, 0.0, 0.0]
    assert "More of this panel like another one better" in told["verdict"]


def test_no_odds_are_surer_than_choices_can_show():
    learned = Learned([0.0, 60.0], (0.9, 1.1), "validated-wording")
    told = compare([_panel(0.0), _panel(1.0)], learned)
    assert told["p_a_beats_b"] == 0.99
    assert told["interval"] == [0.99, 0.99]


def test_wordings_that_are_worth_the_same_are_too_close_to_call():
    learned = Learned([0.5, 0.5], (0.9, 1.1), "validated-wording")
    told = compare([_panel(0.0), _panel(1.0)], learned)
    assert told["winner"] is None
    assert told["verdict"] == "Too close to call: nothing to choose between A and B."


def test_a_stack_is_half_of_each_judges_log_odds():
    learned = Learned([0.0, 1.0], (0.9, 1.1), "validated-wording")
    model, embedded = [_panel(0.0), _panel(0.5)], [_panel(0.0), _panel(0.0)]
    alone = compare(model)["p_a_beats_b"]
    told = compare(model, learned, embedded)
    odds = (log(alone / (1 - alone)) + 1.0) / 2
    assert told["p_a_beats_b"] == pytest.approx(1 / (1 + e**-odds), abs=1e-4)
    low, high = told["interval"]
    assert low < told["p_a_beats_b"] < high
    assert told["level"] == "unvalidated-format"
    assert "half by the model's panel, half by what people chose before" in told["verdict"]


def test_a_stack_without_learned_weights_is_of_two_panels_and_no_surer_than_either_may_be():
    told = compare([_panel(0.0), _panel(90.0)], None, [_panel(0.0), _panel(80.0)])
    assert (told["winner"], told["p_a_beats_b"]) == (1, 0.7)
    assert "by two simulations" in told["verdict"]


def test_judges_who_disagree_as_surely_leave_nothing_to_choose():
    told = compare([_panel(0.0), _panel(1.0)], None, [_panel(1.0), _panel(0.0)])
    assert (told["winner"], told["p_a_beats_b"]) == (None, 0.5)


def test_a_stack_of_several_versions_is_ordered_by_both_judges():
    model = [_panel(0.0), _panel(0.6), _panel(0.5)]
    learned = Learned([0.0, -0.4, 0.4], (0.9, 1.1), "validated-wording")
    told = compare(model, learned, model)
    assert told["compared"] == [2, 1]
