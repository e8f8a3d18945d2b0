"""R16: leap days, ends of months, days that clocks change, and machines five minutes apart."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app import outbox
from app.domain.billing.simulated import reckoning
from app.domain.limits import Limit, RateLimited
from app.domain.rates import Rates
from app.domain.unpaid import NotEnoughTokens
from app.domain.wallets import Wallet
from app.kit import clock
from tests.domain.billing.shop import Shop
from tests.purse import Purse, purse
from tests.rounds import rounds

SKEW = timedelta(minutes=5)
DAILY = 5_000
MONTHS = 14
FEW = settings(
    max_examples=rounds(100), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip

instants = st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis adds the zone
skews = st.timedeltas(-SKEW, SKEW)
leap_day = datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)
last_of_january = datetime(2027, 1, 31, 9, 30, tzinfo=UTC)
night_of_the_clocks = datetime(2027, 3, 28, 1, tzinfo=UTC)  # when Berlin has no half past two


@settings(max_examples=rounds(2_000), deadline=None)
@given(began=instants)
@example(began=leap_day)
@example(began=last_of_january)
def test_r16_periods_follow_each_other_on_the_day_the_first_began_or_the_months_last(began):
    start = began
    for _ in range(MONTHS):
        end = reckoning.period_end(start, began)
        assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == 1
        assert end.day == min(began.day, monthrange(end.year, end.month)[1])
        assert end.time() == began.time()
        start = end


@settings(max_examples=rounds(2_000), deadline=None)
@given(moment=instants, zone=st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia"]))
@example(moment=night_of_the_clocks, zone="Europe/Berlin")
@example(moment=leap_day, zone="Pacific/Apia")
def test_r16_a_month_and_a_day_are_the_same_wherever_it_is_asked(moment, zone):
    there = moment.astimezone(ZoneInfo(zone))
    assert clock.month_start(there) == clock.month_start(moment) <= moment
    assert clock.day_start(there) == clock.day_start(moment) <= moment
    assert moment < clock.month_after(clock.month_start(moment))
    kept = clock.milliseconds(there)
    assert clock.from_milliseconds(kept) == moment.replace(
        microsecond=moment.microsecond // 1000 * 1000
    )


@settings(FEW, max_examples=rounds(20))
@given(began=instants, asked=st.lists(skews, min_size=2, max_size=2))
@example(began=leap_day, asked=[-SKEW, SKEW])
@example(began=last_of_january, asked=[SKEW, -SKEW])
def test_r16_a_month_is_billed_once_by_machines_whose_clocks_differ(ledgers, began, asked):
    shop = Shop(ledgers)
    shop.now = began.replace(microsecond=0)
    one = shop.subscribe()
    for skew in asked:  # each of the two asks around each end, in whatever order
        end = shop.biller.subscription(one.id).end
        for moment in (end + skew, end + SKEW):
            shop.renew(moment)
    periods = sorted((line.start, line.end) for each in shop.invoices() for line in each.lines)
    assert len(periods) == len(set(periods)) == len(asked) + 1
    assert all(end == start for (_, end), (start, _) in pairwise(periods))


@FEW
@given(moment=instants, steps=st.lists(st.tuples(skews, st.integers(0, 18)), max_size=8))
@example(moment=leap_day, steps=[(SKEW, 0), (-SKEW, 0), (SKEW, 1), (-SKEW, 1)])
def test_r16_a_day_of_the_test_book_is_given_once_by_machines_whose_clocks_differ(
    ledgers, moment, steps
):
    of = purse(ledgers)
    mine = Purse(ledgers, Wallet(of.wallet.organization_id, "test", of.wallet.mode))
    days, hours, spent = set(), 0, 0
    for skew, more in steps:
        hours += more
        now = moment + timedelta(hours=hours) + skew
        try:
            mine.hold(DAILY // 2, now=now)
            spent += DAILY // 2
        except NotEnoughTokens:
            pass  # as it should be where the day is spent
        days.add(clock.day_start(now))
    assert spent <= DAILY * len(days)
    for day in days:
        given_ = f"test-day:{mine.wallet.organization_id}:{mine.wallet.mode}:{day:%Y-%m-%d}"
        assert mine.entries_of(given_).get(("grant", "included"), DAILY) == DAILY


@FEW
@given(moment=instants, skew=skews)
def test_r16_machines_whose_clocks_differ_let_nobody_do_more_than_a_limit(ledgers, moment, skew):
    rates, limit = Rates(ledgers), Limit("drill", 60, 60, 10, "organization")
    subject, passed = f"{moment}:{skew}", 0
    for number in range(2 * limit.burst):
        try:
            rates.take(limit, subject, moment + (skew if number % 2 else timedelta()))
            passed += 1
        except RateLimited:
            continue
    # The one ahead counts its own minutes as gone, once: never more than that.
    assert passed <= limit.burst + -(-abs(skew) // timedelta(seconds=1))


@pytest.mark.parametrize("skew", [SKEW, -SKEW])
def test_r16_work_is_taken_at_once_by_a_worker_whose_clock_differs(ledgers, skew):
    now = clock.now()
    with ledgers.transaction() as session:
        outbox.record(session, "drill", {}, key=f"drill:{skew}", now=now + skew)
        (parcel,) = session.info[outbox.RECORDED]
    with ledgers.transaction() as session:
        assert parcel in outbox.due(session, now)
        claim = outbox.claim(session, parcel.work_id, "behind", {"drill"}, now)
        assert outbox.finish(session, claim, now)
