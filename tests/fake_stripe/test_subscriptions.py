"""Subscriptions: how they begin, renew, fail, are tried again, and end."""

from datetime import UTC, datetime

import pytest
import stripe

from tests.fake_stripe.selling import DAY, Shop


def period(subscription: stripe.Subscription) -> tuple[int, int]:
    item = subscription["items"].data[0]
    return item.current_period_start, item.current_period_end


def day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%m-%d}"


def test_a_subscription_begins_with_a_paid_invoice(shop: Shop):
    subscription = shop.subscribed(shop.plan(), metadata={"org": "1"})
    [invoice] = shop.invoices(subscription)
    assert (subscription.status, subscription.latest_invoice) == ("active", invoice.id)
    assert (invoice.status, invoice.amount_paid, invoice.billing_reason) == (
        "paid",
        2000,
        "subscription_create",
    )
    assert invoice.parent.subscription_details.subscription == subscription.id
    assert invoice.parent.subscription_details.metadata["org"] == "1"
    line = invoice.lines.data[0]
    assert line.parent.subscription_item_details.subscription == subscription.id
    assert line.pricing.price_details.price == subscription["items"].data[0].price.id
    assert shop.events()[-9:] == [
        "invoice.created",
        "payment_intent.created",
        "invoice.finalized",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice_payment.paid",
        "invoice.paid",
        "invoice.payment_succeeded",
        "customer.subscription.updated",
    ]


def test_the_period_is_on_the_item_and_months_keep_their_day(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    with pytest.raises(AttributeError):
        subscription.current_period_end  # noqa: B018 - it moved to the items
    ends = []
    for _ in range(3):
        ends.append(day(period(shop.v1.subscriptions.retrieve(subscription.id))[1]))
        shop.control.advance(to=period(shop.v1.subscriptions.retrieve(subscription.id))[1])
    assert ends == ["02-28", "03-31", "04-30"]


def test_a_renewal_is_a_draft_for_an_hour_and_then_paid(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.control.advance(to=period(subscription)[1])
    assert shop.invoices(subscription)[0].status == "draft"
    shop.control.advance(seconds=3600)
    renewed = shop.invoices(subscription)[0]
    assert (renewed.status, renewed.billing_reason) == ("paid", "subscription_cycle")
    assert renewed.lines.data[0].period.start == period(subscription)[1]


def test_usage_is_on_the_invoice_of_the_next_period(shop: Shop):
    subscription = shop.subscribed(shop.plan(), shop.metered("0.5"))
    shop.use(subscription.customer, 1000, "entry:1")
    shop.pass_days(1)
    shop.use(subscription.customer, 501, "entry:2")
    shop.pass_days(30)
    plan, usage = shop.invoices(subscription)[0].lines.data
    assert (plan.amount, usage.amount, usage.quantity) == (2000, 751, 1501)
    assert usage.period.start == period(subscription)[0]
    shop.pass_days(31)
    assert shop.invoices(subscription)[0].total == 2000


def test_meters_alone_begin_without_an_invoice(shop: Shop):
    subscription = shop.subscribed(shop.metered())
    assert (subscription.status, subscription.latest_invoice) == ("active", None)


def test_less_than_fifty_cents_is_carried_over(shop: Shop):
    subscription = shop.subscribed(shop.metered("0.5"))
    shop.use(subscription.customer, 60, "entry:1")
    shop.pass_days(29)
    small = shop.invoices(subscription)[0]
    assert (small.total, small.amount_due, small.status, small.ending_balance) == (
        30,
        0,
        "paid",
        30,
    )
    shop.use(subscription.customer, 60, "entry:2")
    shop.pass_days(31)
    assert shop.invoices(subscription)[0].amount_paid == 60


def test_a_first_payment_that_fails_leaves_it_incomplete_for_23_hours(shop: Shop):
    customer = shop.customer("pm_card_chargeCustomerFail").id
    subscription = shop.subscribed(shop.plan(), customer=customer)
    assert subscription.status == "incomplete"
    shop.control.advance(seconds=23 * 3600 - 1)
    assert shop.status(subscription) == "incomplete"
    shop.control.advance(seconds=1)
    assert shop.status(subscription) == "incomplete_expired"
    assert shop.invoices(subscription)[0].status == "void"
    assert shop.events()[-3:] == [
        "customer.subscription.updated",
        "payment_intent.canceled",
        "invoice.voided",
    ]


def test_paying_in_time_completes_it(shop: Shop):
    subscription = shop.subscribed(shop.plan(), payment_behavior="default_incomplete")
    assert subscription.status == "incomplete"
    shop.v1.invoices.pay(subscription.latest_invoice)
    assert shop.status(subscription) == "active"


def test_it_can_be_an_error_not_to_pay_at_once(shop: Shop):
    customer = shop.customer("pm_card_chargeCustomerFail").id
    with pytest.raises(stripe.CardError, match="declined"):
        shop.subscribed(shop.plan(), customer=customer, payment_behavior="error_if_incomplete")
    assert shop.v1.subscriptions.list({"status": "all"}).data == []


def test_without_a_card_it_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="no attached payment source"):
        shop.subscribed(shop.plan(), customer=shop.customer(None).id)


def test_a_declined_renewal_is_past_due_and_tried_again(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.control.decline(customer=subscription.customer)
    shop.pass_days(28.1)
    invoice = shop.invoices(subscription)[0]
    assert (shop.status(subscription), invoice.status, invoice.attempt_count) == (
        "past_due",
        "open",
        1,
    )
    assert invoice.next_payment_attempt == invoice.created + 3600 + 3 * DAY
    assert shop.v1.customers.retrieve(subscription.customer).delinquent is True
    assert shop.events()[-5:] == [
        "charge.failed",
        "payment_intent.payment_failed",
        "invoice.updated",
        "invoice.payment_failed",
        "customer.subscription.updated",
    ]
    shop.control.decline(customer=subscription.customer, code=None)
    shop.pass_days(3)
    assert (shop.status(subscription), shop.invoices(subscription)[0].status) == ("active", "paid")


@pytest.mark.parametrize("chosen", ["canceled", "unpaid", "past_due"])
def test_after_the_last_retry_it_is_what_the_owner_chose(shop: Shop, chosen: str):
    shop.control.settings(after_retries=chosen)
    subscription = shop.subscribed(shop.plan())
    shop.control.decline(customer=subscription.customer)
    shop.pass_days(28.1 + 15)
    assert shop.status(subscription) == chosen
    assert shop.invoices(subscription)[0].attempt_count == 4


def test_an_unpaid_subscription_makes_drafts_that_nobody_collects(shop: Shop):
    shop.control.settings(after_retries="unpaid")
    subscription = shop.subscribed(shop.plan())
    shop.control.decline(customer=subscription.customer)
    shop.pass_days(28 + 31 + 1)
    newest = shop.invoices(subscription)[0]
    assert (newest.status, newest.auto_advance) == ("draft", False)


def test_a_trial_costs_nothing_is_announced_and_ends_in_a_payment(shop: Shop):
    subscription = shop.subscribed(shop.plan(), trial_period_days=14)
    assert (subscription.status, shop.invoices(subscription)[0].total) == ("trialing", 0)
    shop.pass_days(11)
    assert shop.events()[-1] == "customer.subscription.trial_will_end"
    shop.pass_days(3.1)
    assert (shop.status(subscription), shop.invoices(subscription)[0].amount_paid) == (
        "active",
        2000,
    )


def test_a_trial_without_a_card_can_pause_and_resume(shop: Shop):
    customer = shop.customer(None).id
    settings = {"end_behavior": {"missing_payment_method": "pause"}}
    subscription = shop.subscribed(
        shop.plan(), customer=customer, trial_period_days=7, trial_settings=settings
    )
    shop.pass_days(8)
    assert shop.status(subscription) == "paused"
    assert shop.events()[-1] == "customer.subscription.paused"
    shop.give_card(customer, "pm_card_visa")
    shop.v1.subscriptions.resume(subscription.id)
    assert (shop.status(subscription), shop.events()[-1]) == (
        "active",
        "customer.subscription.resumed",
    )
    assert shop.invoices(subscription)[0].amount_paid == 2000


def test_only_a_paused_subscription_resumes(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="paused"):
        shop.v1.subscriptions.resume(shop.subscribed(shop.plan()).id)


def test_cancelling_now_ends_it_without_a_bill(shop: Shop):
    subscription = shop.subscribed(shop.plan(), shop.metered())
    shop.use(subscription.customer, 1000, "entry:1")
    ended = shop.v1.subscriptions.cancel(subscription.id)
    assert (ended.status, ended.ended_at) == ("canceled", shop.control.now()["now"])
    assert shop.events()[-1] == "customer.subscription.deleted"
    shop.pass_days(40)
    assert len(shop.invoices(subscription)) == 1
    with pytest.raises(stripe.InvalidRequestError, match="No such subscription"):
        shop.v1.subscriptions.cancel(subscription.id)


def test_cancelling_now_can_bill_usage_and_credit_unused_time(shop: Shop):
    subscription = shop.subscribed(shop.plan(), shop.metered())
    shop.use(subscription.customer, 1000, "entry:1")
    shop.pass_days(14)
    shop.v1.subscriptions.cancel(subscription.id, {"invoice_now": True, "prorate": True})
    shop.pass_days(1)
    last = shop.invoices(subscription)[0]
    assert [line.amount for line in last.lines.data] == [-1000, 500]
    assert (last.amount_due, last.ending_balance) == (0, -500)


def test_cancelling_at_the_periods_end_can_be_taken_back(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    ends = shop.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    assert (ends.status, ends.cancel_at) == ("active", period(subscription)[1])
    assert ends.cancellation_details.reason == "cancellation_requested"
    stays = shop.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": False})
    assert (stays.cancel_at, stays.canceled_at) == (None, None)
    shop.pass_days(30)
    assert shop.status(subscription) == "active"


def test_at_the_periods_end_it_ends_and_bills_the_last_usage(shop: Shop):
    subscription = shop.subscribed(shop.plan(), shop.metered())
    shop.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    shop.use(subscription.customer, 1000, "entry:1")
    shop.pass_days(29)
    last = shop.invoices(subscription)[0]
    assert (shop.status(subscription), last.status, last.total) == ("canceled", "paid", 500)


def test_a_subscription_that_is_over_cannot_be_changed(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.v1.subscriptions.cancel(subscription.id)
    with pytest.raises(stripe.InvalidRequestError, match="can only update its cancellation_det"):
        shop.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})


def test_subscriptions_are_listed_by_customer_price_and_status(shop: Shop):
    plan = shop.plan()
    over, lives = shop.subscribed(plan), shop.subscribed(shop.plan("Pro", 5000))
    shop.v1.subscriptions.cancel(over.id)

    def listed(**by: str) -> list[str]:
        return [each.id for each in shop.v1.subscriptions.list(by).data]

    assert listed() == [lives.id]
    assert listed(status="all") == [lives.id, over.id]
    assert listed(status="canceled") == listed(status="ended") == [over.id]
    assert listed(price=plan.id, status="all") == [over.id]
    assert listed(customer=lives.customer) == [lives.id]
