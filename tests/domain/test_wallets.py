from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain import plans
from app.domain.unpaid import NotEnoughTokens
from app.domain.wallets import Standing, divide
from tests.purse import NOON
from tests.together import codes, together

MIDNIGHT = datetime(2038, 1, 11, tzinfo=UTC)
MORNING = MIDNIGHT + timedelta(hours=7)


@pytest.fixture
def daily(mine):
    return replace(mine, wallet=replace(mine.wallet, book="test"))


def test_the_test_book_has_5000_tokens_before_anything_was_done_in_it(daily):
    standing = daily.standing()
    assert (standing.included, standing.overage_room, standing.period_end) == (5_000, 0, MIDNIGHT)


def test_the_test_book_has_no_token_more_than_its_5000_a_day(daily):
    daily.hold(4_999)
    with daily.untouched(), pytest.raises(NotEnoughTokens):
        daily.hold(2)
    daily.hold(1)


def test_the_test_book_is_full_again_on_the_next_day_and_nothing_is_carried_over(daily):
    daily.hold(3_000, "run:a")
    assert daily.standing(MIDNIGHT - timedelta(milliseconds=1)).included == 2_000
    assert daily.standing(MIDNIGHT).included == 5_000
    daily.hold(5_000, now=MORNING)
    assert daily.standing(MORNING).included == 0


def test_the_books_entries_follow_its_days(daily):
    daily.hold(3_000, "run:a")
    daily.hold(10, "run:b", now=MORNING)
    day = f"test-day:{daily.wallet.organization_id}:simulated:2038-01-11"
    assert daily.entries_of(day) == {
        ("grant", "included"): 5_000,
        ("expiry", "included"): -2_000,
    }


def test_what_returns_to_yesterday_expires_unless_today_has_not_begun(daily):
    daily.hold(3_000, "run:a")
    daily.hold(2_000, "run:b")
    assert daily.settle("run:a", 0, MORNING) == 3_000
    daily.hold(1, "run:c", now=MORNING)
    assert daily.settle("run:b", 0, MORNING) == 2_000
    assert daily.standing(MORNING).included == 4_999
    assert daily.entries("run:b")["expiry", "included"] == -2_000


def test_a_refused_start_on_a_new_day_leaves_the_day_to_begin_with_the_next(daily):
    daily.hold(5_000)
    with pytest.raises(NotEnoughTokens):
        daily.hold(5_001, now=MORNING)
    daily.hold(5_000, now=MORNING)


def test_a_day_begins_once_however_many_begin_it(daily):
    outcomes = together(16, lambda n: daily.hold(1_000, f"run:{n}"))
    assert codes(outcomes) == {"ok": 5, "not_enough_tokens": 11}


def test_a_day_begins_once_for_a_clock_that_goes_back(daily):
    daily.hold(5_000, now=MORNING)
    with pytest.raises(NotEnoughTokens):
        daily.hold(1, now=NOON)


def test_the_books_and_payment_modes_of_an_organization_share_no_token(mine, daily):
    mine.grant("packs", 70)
    other_mode = replace(mine, wallet=replace(mine.wallet, mode="stripe_live"))
    assert (mine.standing().packs, daily.standing().packs) == (70, 0)
    assert other_mode.standing().packs == 0
    with pytest.raises(NotEnoughTokens):
        other_mode.hold(1)
    daily.hold(100)
    assert (mine.standing().packs, mine.standing().held) == (70, 0)


@pytest.mark.parametrize(
    ("cap", "spent", "room"),
    [(20_000_000, 0, 4_000), (20_000_000, 19_995_001, 0), (19_999_999, 0, 3_999), (0, 0, 0)],
)
def test_the_cap_allows_whole_tokens_only(cap, spent, room):
    standing = Standing("starter", "active", cap_micros=cap, overage_micros=spent)
    assert standing.overage_room == room
    assert divide(standing, 5_000).missing == 5_000 - room


@pytest.mark.parametrize("status", ["inactive", "past_due", "trialing", "canceled"])
def test_overage_stops_with_anything_but_an_active_plan(status):
    standing = Standing("pro", status, packs=10, cap_micros=50_000_000)
    assert divide(standing, 30).missing == 20


def test_there_is_nothing_missing_within_what_there_is():
    every = Standing("scale", "active", 10, 20, 30, cap_micros=plans.PLANS["scale"].cap_micros)
    split = divide(every, 61)
    assert split.buckets() == [("included", 10), ("trial", 20), ("packs", 30), ("overage", 1)]
