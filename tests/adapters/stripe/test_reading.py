"""Objects in states the fake account does not get into, read from their shapes alone."""

from types import SimpleNamespace as Shape

import pytest
import stripe

from app.adapters.stripe import reading
from app.adapters.stripe.client import API_VERSION
from app.domain.billing.records import Dispute
from app.kit import clock

DAY = 86400
NOW = 1_769_860_800


def at(seconds):
    return clock.from_milliseconds(seconds * 1000)


def intent():
    return Shape(id="pi_1", currency="usd", customer=Shape(id="cus_1"), amount_received=500)


def refund(status):
    return Shape(id=f"re_{status}", status=status, amount=500, created=NOW)


def dispute(status):
    return Shape(id=f"du_{status}", status=status, amount=300)


def price(id_, usage="licensed"):
    return Shape(id=id_, recurring=Shape(usage_type=usage))


def item(id_, usage="licensed"):
    return Shape(
        price=price(id_, usage), current_period_start=NOW, current_period_end=NOW + 30 * DAY
    )


def subscription(**facts):
    defaults = {
        "id": "sub_1", "customer": "cus_1", "status": "active", "created": NOW, "schedule": None,
        "items": Shape(data=[item("overage", "metered"), item("plan")]), "latest_invoice": None,
        "cancel_at": None, "cancel_at_period_end": False, "ended_at": None,
    }  # fmt: skip
    return Shape(**{**defaults, **facts})


def bill(id_, status, finalized):
    return Shape(id=id_, status=status, status_transitions=Shape(finalized_at=finalized))


def schedule(*phases, ends="release", now=NOW):
    return Shape(
        phases=[
            Shape(start_date=start, end_date=start + 30 * DAY, items=items)
            for start, items in phases
        ],
        end_behavior=ends,
        current_phase=Shape(start_date=now, end_date=now + 30 * DAY),
    )


def test_the_version_we_read_is_the_one_the_sdk_pins():
    assert stripe.api_version == API_VERSION


@pytest.mark.parametrize(
    ("status", "counts"),
    [("succeeded", 1), ("pending", 1), ("failed", 0), ("canceled", 0), ("requires_action", 0)],
)
def test_a_refund_counts_once_it_is_on_its_way(status, counts):
    assert len(reading.paid(intent(), [refund(status)], []).refunds) == counts


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("needs_response", "open"),
        ("under_review", "open"),
        ("won", "won"),
        ("warning_closed", "won"),
        ("lost", "lost"),
    ],
)
def test_a_dispute_is_open_won_or_lost(status, word):
    found = reading.paid(intent(), [], [dispute(status)]).dispute
    assert found == Dispute(f"du_{status}", word, 3_000_000)


@pytest.mark.parametrize("status", ["warning_needs_response", "warning_under_review", "prevented"])
def test_an_inquiry_takes_no_money_and_is_no_dispute(status):
    assert reading.paid(intent(), [], [dispute(status)]).dispute is None


def test_of_several_disputes_the_worst_speaks():
    several = [dispute("won"), dispute("needs_response"), dispute("lost")]
    assert reading.paid(intent(), [], several).dispute.status == "lost"


def test_a_plan_is_what_is_paid_ahead_wherever_it_stands():
    read = reading.subscription(subscription())
    assert (read.price_id, read.start, read.end) == ("plan", at(NOW), at(NOW + 30 * DAY))


def test_a_subscription_by_use_alone_is_on_no_plan():
    by_use = subscription(items=Shape(data=[item("overage", "metered")]))
    assert reading.subscription(by_use).price_id is None


def test_a_price_that_was_never_recurring_is_not_metered():
    assert reading.is_metered(Shape(recurring=None)) is False
    assert reading.is_metered(None) is False


@pytest.mark.parametrize(
    ("facts", "ends"),
    [
        ({}, None),
        ({"cancel_at": NOW + DAY}, NOW + DAY),
        ({"cancel_at_period_end": True}, NOW + 30 * DAY),
        ({"schedule": schedule((NOW, []), ends="cancel")}, NOW + 30 * DAY),
        ({"schedule": schedule((NOW, []))}, None),
    ],
)
def test_an_end_to_come_is_seen_whoever_set_it(facts, ends):
    assert reading.subscription(subscription(**facts)).cancels_at == (ends and at(ends))


def test_the_next_plan_is_that_of_the_schedules_next_phase():
    by_use, cheap = Shape(price="overage2"), Shape(price=price("cheap"), quantity=1)
    ahead = schedule((NOW, []), (NOW + 30 * DAY, [by_use, cheap]))
    assert reading.subscription(subscription(schedule=ahead)).next_price_id == "cheap"


def test_a_schedule_whose_last_phase_runs_changes_nothing_more():
    past = schedule((NOW - 30 * DAY, []), (NOW, [Shape(price="plan", quantity=1)]))
    assert reading.subscription(subscription(schedule=past)).next_price_id is None


def test_a_phase_of_the_same_plan_is_no_change():
    same = schedule((NOW, []), (NOW + 30 * DAY, [Shape(price="plan", quantity=1)]))
    assert reading.subscription(subscription(schedule=same)).next_price_id is None


def test_a_schedule_that_is_over_or_not_shown_says_nothing():
    over = schedule((NOW, []))
    over.current_phase = None
    for given in (over, "sub_sched_1"):
        assert reading.subscription(subscription(schedule=given)).next_price_id is None


def test_grace_begins_with_the_oldest_open_invoice():
    latest, older = bill("in_2", "draft", None), bill("in_1", "open", NOW)
    failing = subscription(status="past_due", latest_invoice=latest)
    read = reading.subscription(failing, [bill("in_3", "open", NOW + DAY), older])
    assert (read.failing_since, read.open_invoice_id) == (at(NOW), "in_3")


def test_without_an_open_invoice_the_latest_says_since_when_it_fails():
    written_off = bill("in_1", "uncollectible", NOW)
    read = reading.subscription(subscription(status="unpaid", latest_invoice=written_off))
    assert (read.failing_since, read.open_invoice_id) == (at(NOW), None)


def test_what_is_paid_for_is_not_failing():
    read = reading.subscription(subscription(latest_invoice=bill("in_1", "paid", NOW)))
    assert (read.failing_since, read.open_invoice_id) == (None, None)


def test_a_line_without_a_price_or_a_parent_is_read_as_it_is():
    its = {"pricing": None, "parent": None, "period": Shape(start=NOW, end=NOW)}
    line = Shape(subtotal=-5, discount_amounts=None, **its)
    assert reading._line(line)[:2] == (None, -50_000)
    by_hand = Shape(proration=True)
    line.parent = Shape(subscription_item_details=None, invoice_item_details=by_hand)
    assert reading._line(line).proration is True


def test_a_line_brings_what_is_paid_for_it_and_not_what_a_coupon_takes_off():
    its = {"pricing": None, "parent": None, "period": Shape(start=NOW, end=NOW)}
    halved = Shape(subtotal=2_000, discount_amounts=[Shape(amount=1_000)], **its)
    assert reading._line(halved).usd_micros == 10_000_000


def test_a_page_without_lines_sells_nothing():
    page = Shape(
        id="cs_1", url=None, status=None, payment_status="no_payment_required", customer=None,
        currency="usd", line_items=None, expires_at=NOW, payment_intent=None, invoice="in_1", subscription="sub_1",
    )  # fmt: skip
    read = reading.checkout(page)
    assert (read.price_id, read.usd_micros, read.paid, read.customer_id) == (None, 0, False, "")
