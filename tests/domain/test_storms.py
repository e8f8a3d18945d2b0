"""Sixty-four starts at the same instant, each in a session of its own: no limit gives way."""

from datetime import timedelta

import pytest

from app.domain import ledger, plans, wallets
from app.domain.runs import outcome
from app.domain.wallets import Wallet
from app.errors import PolisError
from app.kit import clock
from tests.factories import caller, member
from tests.plan_begun import begin_plan
from tests.rounds import rounds
from tests.starting import begin, order
from tests.together import codes, together

STARTS = 64
CAP = plans.PLANS["starter"].cap_micros
OVERAGE = CAP // plans.PLANS["starter"].overage_micros  # tokens the cap allows


@pytest.fixture(params=range(rounds(10)))
def storm(request, services):
    """Starts runs of so many personas, all at once, by one caller or several."""

    def storm(personas, *callers):
        return together(
            STARTS, lambda n: begin(services, callers[n % len(callers)], order(personas))
        )

    return storm


@pytest.fixture
def subscriber(services):
    """Somebody who has used up what was included and lives on overage."""
    who = member(services)
    now, wallet = clock.now(), Wallet(who.organization_id, "live", "simulated")
    with services.transaction() as session:
        begin_plan(
            session,
            wallet,
            "starter",
            start=now,
            end=now + timedelta(days=30),
            cause="inv",
            now=now,
        )
        ledger.hold(session, wallet, 4_000, cause="run:before", limits=[], now=now)
        ledger.settle(session, wallet, cause="run:before", delivered=4_000, now=now)
    return who


def standing(services, who):
    with services.database.reading() as session:
        return wallets.standing(session, who.wallet, clock.now())


def test_r5_starts_at_the_spend_cap_reach_it_and_never_pass_it(
    services, storm, subscriber, measured
):
    who = caller(services, subscriber)
    outcomes = storm(99, who)
    assert codes(outcomes) == {"ok": OVERAGE // 99, "spend_cap_reached": STARTS - OVERAGE // 99}
    now = standing(services, who)
    measured("R5", "parallel starts at the cap", STARTS)
    measured("R5", "tokens over the cap", max(0, now.overage_tokens - OVERAGE))
    assert now.overage_tokens == now.held == OVERAGE // 99 * 99
    assert now.overage_micros <= CAP
    assert {each.details["limit"] for each in outcomes if isinstance(each, PolisError)} == {
        "organization"
    }


def test_r5_starts_at_a_keys_monthly_cap_reach_it_and_never_pass_it(services, storm, measured):
    who = caller(services, member(services, tokens=1_000_000, cap=1_000))
    assert codes(storm(30, who)) == {"ok": 33, "spend_cap_reached": STARTS - 33}
    held = standing(services, who).held
    measured("R5", "parallel starts at the cap", STARTS)
    measured("R5", "tokens over the cap", max(0, held - 1_000))
    assert held == 990


def test_starts_beyond_the_balance_leave_it_at_what_cannot_pay_one_more(services, storm):
    who = caller(services, member(services, tokens=1_000))
    assert codes(storm(30, who)) == {"ok": 33, "not_enough_tokens": STARTS - 33}
    assert standing(services, who).packs == 10


def test_keys_of_one_organization_share_its_balance_and_have_their_own_caps(services, storm):
    who = caller(services, member(services, tokens=1_025))
    capped = who._replace(subject="key:capped", limit_tokens=200)
    assert codes(storm(25, who, capped)) == {"ok": 32 + 8, "spend_cap_reached": 24}
    assert standing(services, who).packs == 25


def test_what_comes_back_in_the_middle_of_a_storm_is_spent_again_but_once(services, subscriber):
    who = caller(services, subscriber)
    first = [begin(services, who, order(400)).id for _ in range(OVERAGE // 400)]

    def act(number):
        if number < len(first):
            with services.transaction() as session:
                return outcome.cancel(session, who, first[number], clock.now())
        return begin(services, who, order(200))

    outcomes = together(STARTS, act)
    started = codes(outcomes[len(first) :])["ok"]
    now = standing(services, who)
    assert now.held == now.overage_tokens == started * 200 <= OVERAGE


def test_two_books_spend_at_once_and_neither_takes_from_the_other(services, storm):
    live = caller(services, member(services, tokens=800))
    test = live._replace(book="test", subject="key:test")
    assert codes(storm(40, live, test)) == {"ok": 20 + 32, "not_enough_tokens": 12}
    assert (standing(services, live).packs, standing(services, test).included) == (0, 5_000 - 1_280)
