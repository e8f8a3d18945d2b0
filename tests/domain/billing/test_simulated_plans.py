"""Plans at the simulated biller: months, changes, ends, overage."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import Conflict
from tests.domain.billing.shop import START, USD, Shop, amounts, prices
from tests.rounds import rounds
from tests.together import together


@pytest.fixture
def shop(ledgers):
    return Shop(ledgers)


def test_months_end_on_the_day_they_began_or_the_last(shop):
    one = shop.subscribe()
    ends = [one.end]
    for _ in range(4):
        shop.renew(ends[-1])
        ends.append(shop.biller.subscription(one.id).end)
    assert [(each.month, each.day) for each in ends] == [
        (2, 28),
        (3, 31),
        (4, 30),
        (5, 31),
        (6, 30),
    ]
    assert {(each.hour, each.minute) for each in ends} == {(9, 30)}


def test_missed_months_are_billed_one_by_one_and_in_order(shop):
    one = shop.subscribe()
    shop.told()
    shop.renew(one.end, days=70)
    first, second, third, fourth = reversed(shop.invoices())
    assert [each.lines[0].start for each in (first, second, third, fourth)] == [
        datetime(2038, month, day, 9, 30, tzinfo=UTC) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30))
    ]  # fmt: skip
    assert [each.made_at for each in (second, third)] == [
        second.lines[0].start,
        third.lines[0].start,
    ]
    assert {each.usd_micros for each in shop.invoices()} == {20 * USD}
    assert [each.number for each in (first, fourth)] == ["TEST-0001", "TEST-0004"]
    assert shop.told() == ["invoice.paid", "customer.subscription.updated"] * 3
    shop.renew()
    assert len(shop.invoices()) == 4


def test_nothing_is_renewed_a_millisecond_early(shop):
    one = shop.subscribe()
    shop.renew(one.end - timedelta(milliseconds=1))
    assert len(shop.invoices()) == 1
    shop.renew(one.end)
    assert len(shop.invoices()) == 2


def test_renewing_in_several_workers_renews_once(shop):
    one = shop.subscribe()
    together(rounds(80), lambda _: shop.biller.renew_due(one.end))
    assert len(shop.invoices()) == 2


@pytest.mark.parametrize(
    ("old", "new"), [("starter", "pro"), ("pro", "scale"), ("scale", "starter")]
)
def test_a_change_costs_what_its_preview_said(shop, old, new):
    one = shop.subscribe(old)
    with shop.then(days=10, seconds=12_345, milliseconds=678) as biller:
        told = biller.preview(one.id, prices(f"plan:{new}"), shop.now)
        at = shop.now
    with shop.then(minutes=7) as biller:
        biller.change_now(one.id, prices(f"plan:{new}"), at)
        biller.change_now(one.id, prices(f"plan:{new}"), at)
    invoice, _ = shop.invoices()
    assert invoice.usd_micros == told.due_micros == sum(cost for _, cost in amounts(invoice))
    assert told.due_micros % 10_000 == 0
    (credit, charge) = invoice.lines
    assert (credit.price_id, charge.price_id) == (f"price_plan:{old}", f"price_plan:{new}")
    assert credit.usd_micros < 0 < charge.usd_micros
    assert {(each.proration, each.start, each.end) for each in invoice.lines} == {
        (True, at, one.end)
    }
    now = shop.biller.subscription(one.id)
    assert (now.price_id, now.start, now.end) == (f"price_plan:{new}", one.start, one.end)
    assert (told.at, told.next_at) == (at, one.end)
    shop.renew(one.end)
    assert shop.invoices()[0].usd_micros == told.next_micros


def test_a_change_after_a_period_that_nobody_renewed_yet_is_one_of_the_next(shop):
    one = shop.subscribe("starter")
    with shop.then(one.end, days=2) as biller:
        told = biller.preview(one.id, prices("plan:pro"), shop.now)
        biller.change_now(one.id, prices("plan:pro"), shop.now)
    change, renewal, _ = shop.invoices()
    assert amounts(renewal) == [("price_plan:starter", 20 * USD)]
    assert change.usd_micros == told.due_micros
    assert change.lines[0].end == told.next_at == shop.biller.subscription(one.id).end
    shop.biller.end_at_end(one.id)
    with shop.then(told.next_at) as biller, pytest.raises(Conflict):
        biller.preview(one.id, prices("plan:starter"), shop.now)


def test_half_a_month_costs_half(shop):
    one = shop.subscribe("starter")
    half = one.start + (one.end - one.start) / 2
    with shop.then(half) as biller:
        biller.change_now(one.id, prices("plan:pro"), half)
    assert amounts(shop.invoices()[0]) == [
        ("price_plan:starter", -10 * USD), ("price_plan:pro", 25 * USD),
    ]  # fmt: skip
    assert shop.biller.paid(shop.invoices()[0].payment_id).usd_micros == 15 * USD


def test_a_change_cannot_be_dated_ahead_or_before_its_period(shop):
    one = shop.subscribe("starter")
    with shop.then(days=1) as biller:
        biller.change_now(one.id, prices("plan:pro"), one.end)
        assert biller.preview(one.id, prices("plan:scale"), START - timedelta(days=9)).at == START
    assert shop.invoices()[0].lines[0].start == shop.now


def test_the_rest_of_a_dearer_plan_pays_for_what_comes(shop):
    one = shop.subscribe("scale")
    half = one.start + (one.end - one.start) / 2
    with shop.then(half) as biller:
        biller.change_now(one.id, prices("plan:starter"), half)
    (change, _) = shop.invoices()
    assert (change.usd_micros, change.payment_id, shop.credit()) == (-90 * USD, None, 90 * USD)
    shop.renew(one.end)
    assert (shop.invoices()[0].payment_id, shop.credit()) == (None, 70 * USD)
    pack = shop.buy("pack:small")
    assert shop.biller.paid(pack.payment_id).usd_micros == 5 * USD  # credit is the plan's


def test_another_plan_begins_with_the_next_period(shop):
    one = shop.subscribe("pro")
    shop.told()
    for _ in range(2):
        shop.biller.change_at_end(one.id, prices("plan:starter"))
    chosen = shop.biller.subscription(one.id)
    assert (chosen.price_id, chosen.next_price_id) == ("price_plan:pro", "price_plan:starter")
    assert shop.told() == ["customer.subscription.updated"]
    shop.renew(one.end)
    now = shop.biller.subscription(one.id)
    assert (now.price_id, now.next_price_id) == ("price_plan:starter", None)
    assert amounts(shop.invoices()[0]) == [("price_plan:starter", 20 * USD)]


def test_a_plan_ends_with_its_period(shop):
    one = shop.subscribe("pro")
    shop.biller.change_at_end(one.id, prices("plan:starter"))
    shop.told()
    for _ in range(2):
        shop.biller.end_at_end(one.id)
    ending = shop.biller.subscription(one.id)
    assert (ending.status, ending.cancels_at, ending.next_price_id) == ("active", one.end, None)
    shop.renew(one.end, days=3)
    over = shop.biller.subscription(one.id)
    assert (over.status, over.ended_at, over.cancels_at) == ("canceled", one.end, None)
    assert shop.told() == ["customer.subscription.updated", "customer.subscription.deleted"]
    assert len(shop.invoices()) == 1


@pytest.mark.parametrize("chosen", ["end", "other"])
def test_what_was_chosen_for_the_end_is_taken_back(shop, chosen):
    one = shop.subscribe("pro")
    for back in (
        lambda: shop.biller.keep(one.id),
        lambda: shop.biller.change_at_end(one.id, prices("plan:pro")),
        lambda: shop.biller.change_now(one.id, prices("plan:pro"), shop.now),
    ):
        if chosen == "end":
            shop.biller.end_at_end(one.id)
        else:
            shop.biller.change_at_end(one.id, prices("plan:scale"))
        back()
        assert shop.biller.subscription(one.id) == one
    shop.renew(one.end)
    assert shop.biller.subscription(one.id).price_id == "price_plan:pro"


def test_what_has_ended_can_be_ended_again_and_nothing_else(shop):
    one = shop.subscribe()
    shop.biller.end_now(one.id, refund=False)
    shop.told()
    shop.biller.end_now(one.id, refund=True)
    shop.biller.end_at_end(one.id)
    for act in (
        lambda: shop.biller.keep(one.id),
        lambda: shop.biller.change_now(one.id, prices("plan:pro"), shop.now),
        lambda: shop.biller.change_at_end(one.id, prices("plan:pro")),
        lambda: shop.biller.preview(one.id, prices("plan:pro"), shop.now),
    ):
        with pytest.raises(Conflict):
            act()
    assert (shop.told(), len(shop.invoices())) == ([], 1)
    assert shop.biller.paid(shop.invoices()[0].payment_id).refunds == ()


def test_ending_at_once_gives_back_the_running_period_and_no_overage(shop):
    one, pack = shop.subscribe("starter"), shop.buy("pack:small")
    with shop.then(days=3) as biller:
        biller.report_usage(shop.customer, 1000, "led_a" + one.id, shop.now)
    shop.renew(one.end)
    with shop.then(days=5) as biller:
        biller.change_now(one.id, prices("plan:pro"), shop.now)
        biller.report_usage(shop.customer, 100, "led_b" + one.id, shop.now)
        shop.told()
        biller.end_now(one.id, refund=True)
    final, change, renewal, _, first = shop.invoices()
    assert amounts(final) == [("price_overage:pro", 400_000)]
    back = {each.id: sum(refund.usd_micros for refund in shop.biller.paid(each.payment_id).refunds)
            for each in (final, change, renewal, first)}  # fmt: skip
    assert back == {final.id: 0, change.id: change.usd_micros, renewal.id: 20 * USD, first.id: 0}
    assert shop.biller.paid(pack.payment_id).refunds == ()
    over = shop.biller.subscription(one.id)
    assert (over.status, over.ended_at) == ("canceled", shop.now)
    assert sorted(shop.told()) == [
        "charge.refunded", "charge.refunded", "customer.subscription.deleted", "invoice.paid",
    ]  # fmt: skip


def test_usage_is_billed_once_for_each_entry_at_the_price_of_its_plan(shop):
    one = shop.subscribe("starter")
    entry = "led_1" + one.id
    with shop.then(days=1) as biller:
        for _ in range(3):
            biller.report_usage(shop.customer, 101, entry, shop.now)
        biller.report_usage(shop.customer, 1, "led_2" + one.id, shop.now)
        biller.change_now(one.id, prices("plan:scale"), shop.now)
        biller.report_usage(shop.customer, 1, "led_3" + one.id, shop.now)
    shop.renew(one.end)
    with shop.then() as biller:
        biller.report_usage(shop.customer, 101, entry, shop.now)
    assert amounts(shop.invoices()[0]) == [
        ("price_overage:scale", 0),  # 0.36 cents
        ("price_overage:starter", 510_000), ("price_plan:scale", 200 * USD),
    ]  # fmt: skip
    shop.renew(shop.biller.subscription(one.id).end)
    assert amounts(shop.invoices()[0]) == [("price_plan:scale", 200 * USD)]


def test_usage_told_at_the_same_moment_is_billed_once(shop):
    one, entry = shop.subscribe("starter"), "led_4" + shop.customer
    together(rounds(160), lambda _: shop.biller.report_usage(shop.customer, 100, entry, START))
    shop.renew(one.end)
    assert shop.invoices()[0].usd_micros == 20 * USD + 500_000


def test_usage_after_a_period_is_not_on_its_invoice_though_nobody_renewed_it_yet(shop):
    one = shop.subscribe("starter")
    with shop.then(one.end, hours=1) as biller:
        biller.report_usage(shop.customer, 100, "led_5" + one.id, one.end - timedelta(hours=1))
        biller.report_usage(shop.customer, 200, "led_6" + one.id, shop.now)
    assert amounts(shop.invoices()[0]) == [
        ("price_overage:starter", 500_000), ("price_plan:starter", 20 * USD),
    ]  # fmt: skip
    shop.biller.end_at_end(one.id)
    shop.renew(shop.biller.subscription(one.id).end)
    assert amounts(shop.invoices()[0]) == [("price_overage:starter", USD)]


def test_usage_without_a_plan_is_nobodys(shop):
    shop.biller.report_usage(shop.customer, 100, "led_7" + shop.customer, START)
    one = shop.subscribe("starter")
    shop.biller.end_at_end(one.id)
    with shop.then(one.end, hours=1) as biller:
        biller.report_usage(shop.customer, 100, "led_8" + one.id, shop.now)
    assert [each.usd_micros for each in shop.invoices()] == [20 * USD]
