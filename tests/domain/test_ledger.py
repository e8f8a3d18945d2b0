from datetime import timedelta

import pytest

from app.domain import plans
from app.domain.spend_limits import CredentialLimitReached
from app.domain.unpaid import NotEnoughTokens, SpendCapReached
from app.errors import Conflict
from tests.purse import MONTH, NOON

NEXT_MONTH = NOON + MONTH
STARTER_CAP = 4_000  # tokens of overage that $20 buys at $0.005


def everything(mine):
    """4,000 included, 300 trial, 1,000 in packs, 4,000 of overage."""
    mine.plan("starter")
    mine.grant("trial", 300)
    mine.grant("packs", 1_000)


def parts(split):
    return split.included, split.trial, split.packs, split.overage


@pytest.mark.parametrize(
    ("price", "spent"),
    [
        (1, (1, 0, 0, 0)),
        (4_000, (4_000, 0, 0, 0)),
        (4_001, (4_000, 1, 0, 0)),
        (4_300, (4_000, 300, 0, 0)),
        (4_301, (4_000, 300, 1, 0)),
        (5_300, (4_000, 300, 1_000, 0)),
        (5_301, (4_000, 300, 1_000, 1)),
        (9_300, (4_000, 300, 1_000, 4_000)),
    ],
)
def test_a_price_is_held_from_included_then_trial_then_packs_then_overage(mine, price, spent):
    everything(mine)
    assert parts(mine.hold(price)) == spent
    assert mine.standing().held == price


def test_one_token_over_the_cap_is_refused_and_leaves_nothing_behind(mine):
    everything(mine)
    with mine.untouched(), pytest.raises(SpendCapReached) as refused:
        mine.hold(9_301, "run:over")
    assert refused.value.details == {
        "limit": "organization", "needed_tokens": 9_301, "missing_tokens": 1
    }  # fmt: skip
    assert mine.entries("run:over") == {}


def test_without_a_plan_there_is_no_overage(mine):
    mine.grant("trial", 300)
    with mine.untouched(), pytest.raises(NotEnoughTokens) as refused:
        mine.hold(301)
    assert refused.value.details == {"needed_tokens": 301, "missing_tokens": 1}


@pytest.mark.parametrize(
    ("delivered", "standing"),
    [
        (9_300, (0, 0, 0, 4_000)),
        (5_301, (0, 0, 0, 1)),
        (5_300, (0, 0, 0, 0)),
        (4_900, (0, 0, 400, 0)),
        (4_300, (0, 0, 1_000, 0)),
        (4_100, (0, 200, 1_000, 0)),
        (1_000, (3_000, 300, 1_000, 0)),
        (0, (4_000, 300, 1_000, 0)),
    ],
)
def test_what_was_not_delivered_returns_to_overage_first_then_packs_trial_included(
    mine, delivered, standing
):
    everything(mine)
    mine.hold(9_300, "run:a")
    assert mine.settle("run:a", delivered) == 9_300 - delivered
    now = mine.standing()
    assert (now.included, now.trial, now.packs, now.overage_tokens) == standing
    assert now.overage_micros == standing[3] * plans.PLANS["starter"].overage_micros
    assert now.held == 0


def test_settling_writes_one_release_and_one_charge_a_bucket(mine):
    everything(mine)
    mine.hold(4_200, "run:a")
    mine.settle("run:a", 4_100)
    assert mine.entries("run:a") == {
        ("hold", "included"): -4_000, ("release", "included"): 4_000, ("charge", "included"): -4_000,
        ("hold", "trial"): -200, ("release", "trial"): 200, ("charge", "trial"): -100,
    }  # fmt: skip


def test_a_second_settle_changes_nothing_whatever_it_says_was_delivered(mine):
    mine.grant("packs", 100)
    mine.hold(100, "run:a")
    assert mine.settle("run:a", 40) == 60
    with mine.untouched():
        assert mine.settle("run:a", 0) == 0
        assert mine.settle("run:a", 100) == 0


def test_no_settle_charges_more_than_was_held(mine):
    mine.grant("packs", 100)
    limit = mine.limit(1_000)
    mine.hold(60, "run:a", [limit])
    assert mine.settle("run:a", 90) == 0
    assert mine.entries("run:a")["charge", "packs"] == -60
    assert (mine.standing().packs, mine.used(limit)) == (40, 60)


def test_settling_what_was_never_held_changes_nothing(mine):
    mine.grant("packs", 100)
    with mine.untouched():
        assert mine.settle("run:unknown", 5) == 0
    assert mine.entries("run:unknown") == {}


def test_a_cause_is_held_for_once(mine):
    mine.grant("packs", 100)
    mine.hold(30, "run:a")
    with mine.untouched(), pytest.raises(Conflict):
        mine.hold(30, "run:a")


def test_a_cause_is_granted_for_once(mine):
    assert mine.grant("packs", 100, "purchase:a")
    with mine.untouched():
        assert not mine.grant("packs", 100, "purchase:a")
        assert not mine.grant("packs", 999, "purchase:a")


def test_a_new_period_ends_what_was_included_and_keeps_trial_and_packs(mine):
    everything(mine)
    mine.hold(4_100, "run:a")
    mine.settle("run:a", 4_100)
    mine.plan("pro", NEXT_MONTH, cause="invoice:b")
    now = mine.standing(NEXT_MONTH)
    assert (now.plan, now.included, now.trial, now.packs) == ("pro", 12_500, 200, 1_000)
    assert (now.overage_tokens, now.cap_micros) == (0, plans.PLANS["pro"].cap_micros)


def test_what_was_left_of_a_period_expires_by_an_entry(mine):
    mine.plan("starter")
    mine.plan("starter", NEXT_MONTH, cause="invoice:b")
    assert mine.entries("invoice:b") == {
        ("grant", "included"): 4_000,
        ("expiry", "included"): -4_000,
    }


def test_a_period_begins_once_for_its_invoice(mine):
    mine.plan("starter", cause="invoice:a")
    mine.hold(1_000)
    with mine.untouched():
        assert not mine.plan("starter", cause="invoice:a")


def test_an_ended_period_pays_for_nothing(mine):
    everything(mine)
    now = mine.standing(NEXT_MONTH)
    assert (now.status, now.included, now.overage_room) == ("inactive", 0, 0)
    assert parts(mine.hold(1_300, now=NEXT_MONTH)) == (0, 300, 1_000, 0)
    with pytest.raises(NotEnoughTokens):
        mine.hold(1, now=NEXT_MONTH)


def test_what_returns_to_an_ended_period_expires_at_once(mine):
    everything(mine)
    mine.hold(9_300, "run:a")
    mine.plan("starter", NEXT_MONTH)
    assert mine.settle("run:a", 1_000, NEXT_MONTH) == 8_300
    now = mine.standing(NEXT_MONTH)
    assert (now.included, now.trial, now.packs) == (4_000, 300, 1_000)
    assert (now.overage_tokens, now.overage_micros, now.held) == (0, 0, 0)
    assert mine.entries("run:a")["expiry", "included"] == -3_000


def test_overage_charged_after_its_period_counts_in_the_one_it_is_billed_with(mine):
    mine.plan("starter")
    mine.hold(4_000 + STARTER_CAP, "run:a")
    mine.plan("starter", NEXT_MONTH)
    mine.settle("run:a", 4_000 + STARTER_CAP, NEXT_MONTH)
    assert mine.standing(NEXT_MONTH).overage_room == 0


def test_a_plan_changed_within_its_period_keeps_counting_the_overage_of_that_period(mine):
    mine.plan("starter")
    mine.hold(5_000, "run:a")
    mine.plan("pro", cause="invoice:upgrade", end=NEXT_MONTH)
    assert mine.standing().overage_tokens == 1_000
    assert mine.settle("run:a", 4_500) == 500
    now = mine.standing()
    assert (now.included, now.overage_tokens, now.overage_micros) == (12_500, 500, 500 * 5_000)


def test_a_limit_refuses_what_the_balance_would_allow_and_undoes_the_hold(mine):
    mine.grant("packs", 1_000)
    limit = mine.limit(100)
    mine.hold(60, limits=[limit])
    with mine.untouched(), pytest.raises(CredentialLimitReached) as refused:
        mine.hold(41, "run:over", [limit])
    assert refused.value.details == {
        "limit": "key", "limit_tokens": 100, "needed_tokens": 41, "missing_tokens": 1,
    }  # fmt: skip
    assert mine.used(limit) == 60
    mine.hold(40, limits=[limit])
    assert mine.used(limit) == 100


def test_a_refusal_of_one_limit_undoes_the_count_of_the_other(mine):
    mine.grant("packs", 1_000)
    wide, narrow = mine.limit(1_000), mine.limit(10, "app")
    with mine.untouched(), pytest.raises(CredentialLimitReached):
        mine.hold(11, limits=[wide, narrow])
    assert (mine.used(wide), mine.used(narrow)) == (0, 0)


def test_what_comes_back_is_taken_off_the_counter_it_was_counted_on(mine):
    mine.grant("packs", 1_000)
    limit = mine.limit(100)
    mine.hold(100, "run:a", [limit])
    mine.settle("run:a", 25, NOON + timedelta(days=40))
    assert mine.used(limit) == 25
    mine.hold(75, limits=[limit])


def test_an_unlimited_key_is_counted_all_the_same(mine):
    mine.grant("packs", 1_000)
    limit = mine.limit(None)
    mine.hold(700, limits=[limit])
    assert mine.used(limit) == 700
