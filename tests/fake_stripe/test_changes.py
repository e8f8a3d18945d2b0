"""Changing a plan: with proration at once, only if paid, or at the period's end."""

import pytest
import stripe

from tests.fake_stripe.selling import DAY, Shop


def switched(
    shop: Shop, subscription: stripe.Subscription, price: stripe.Price, **more: object
) -> stripe.Subscription:
    item = subscription["items"].data[0]
    return shop.v1.subscriptions.update(
        subscription.id, {"items": [{"id": item.id, "price": price.id}], **more}
    )


def price_of(shop: Shop, subscription: stripe.Subscription) -> str:
    return shop.v1.subscriptions.retrieve(subscription.id)["items"].data[0].price.id


def test_an_upgrade_halfway_credits_the_old_price_and_charges_the_new(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.pass_days(14)
    changed = switched(shop, subscription, pro, proration_behavior="always_invoice")
    invoice = shop.invoices(subscription)[0]
    assert changed["items"].data[0].price.id == pro.id
    assert [line.amount for line in invoice.lines.data] == [-1000, 2500]
    assert (invoice.status, invoice.amount_paid, invoice.billing_reason) == (
        "paid",
        1500,
        "subscription_update",
    )
    assert all(line.parent.subscription_item_details.proration for line in invoice.lines.data)
    assert invoice.lines.data[0].description == "Unused time on Starter after 14 Feb 2026"


def test_a_preview_says_what_the_change_will_cost_and_keeps_nothing(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.pass_days(7)
    before = shop.control.digest()
    now = shop.control.now()["now"]
    item = {"id": subscription["items"].data[0].id, "price": pro.id}
    details = {"items": [item], "proration_behavior": "always_invoice", "proration_date": now}
    preview = shop.v1.invoices.create_preview(
        {"subscription": subscription.id, "subscription_details": details}
    )
    assert (preview.amount_due, preview.id[:11]) == (2250, "upcoming_in")
    assert shop.control.digest() == before
    shop.pass_days(1)
    switched(shop, subscription, pro, proration_behavior="always_invoice", proration_date=now)
    assert shop.invoices(subscription)[0].amount_paid == preview.amount_due


def test_a_preview_shows_the_next_invoice_with_usage_so_far(shop: Shop):
    subscription = shop.subscribed(shop.plan(), shop.metered())
    shop.use(subscription.customer, 1000, "entry:1")
    preview = shop.v1.invoices.create_preview({"subscription": subscription.id})
    assert [line.amount for line in preview.lines.data] == [2000, 500]


def test_a_preview_of_something_new_needs_no_subscription(shop: Shop):
    details = {"items": [{"price": shop.plan().id}]}
    customer = shop.customer(None).id
    preview = shop.v1.invoices.create_preview(
        {"customer": customer, "subscription_details": details}
    )
    assert preview.total == 2000


def test_a_change_without_proration_costs_nothing_until_the_renewal(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    switched(shop, subscription, pro, proration_behavior="none")
    assert len(shop.invoices(subscription)) == 1
    shop.pass_days(29)
    assert shop.invoices(subscription)[0].amount_paid == 5000


def test_proration_waits_for_the_next_invoice_unless_told(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.pass_days(14)
    switched(shop, subscription, pro)
    waiting = shop.v1.invoice_items.list({"customer": subscription.customer, "pending": True}).data
    assert sorted(item.amount for item in waiting) == [-1000, 2500]
    shop.pass_days(15)
    assert shop.invoices(subscription)[0].amount_paid == 5000 + 1500


def test_a_downgrade_at_once_leaves_credit_for_the_next_invoice(shop: Shop):
    subscription, small = shop.subscribed(shop.plan("Pro", 5000)), shop.plan()
    shop.pass_days(14)
    switched(shop, subscription, small, proration_behavior="always_invoice")
    assert shop.v1.customers.retrieve(subscription.customer).balance == -1500
    shop.pass_days(15)
    assert shop.invoices(subscription)[0].amount_paid == 500


def test_usage_of_a_meter_that_goes_is_billed_at_its_old_price(shop: Shop):
    dear, cheap = shop.metered("0.5"), shop.metered("0.4")
    subscription = shop.subscribed(shop.plan(), dear)
    shop.use(subscription.customer, 1000, "entry:1")
    shop.pass_days(1)
    item = subscription["items"].data[1]
    shop.v1.subscriptions.update(
        subscription.id,
        {"items": [{"id": item.id, "price": cheap.id}], "proration_behavior": "always_invoice"},
    )
    assert [line.amount for line in shop.invoices(subscription)[0].lines.data] == [500]
    shop.use(subscription.customer, 1000, "entry:2")
    shop.pass_days(28)
    assert [line.amount for line in shop.invoices(subscription)[0].lines.data] == [2000, 400]


def test_a_change_can_wait_until_it_is_paid_for(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.control.decline(customer=subscription.customer)
    told = {"proration_behavior": "always_invoice", "payment_behavior": "pending_if_incomplete"}
    waiting = switched(shop, subscription, pro, **told)
    assert (waiting.status, price_of(shop, subscription) == pro.id) == ("active", False)
    assert waiting.pending_update.subscription_items[0].price.id == pro.id
    assert shop.invoices(subscription)[0].status == "open"
    shop.control.decline(customer=subscription.customer, code=None)
    shop.v1.invoices.pay(waiting.latest_invoice, {"payment_method": "pm_card_visa"})
    assert price_of(shop, subscription) == pro.id
    assert shop.v1.subscriptions.retrieve(subscription.id).pending_update is None
    assert shop.events()[-1] == "customer.subscription.pending_update_applied"


def test_a_change_that_is_never_paid_for_is_forgotten_after_23_hours(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.control.decline(customer=subscription.customer)
    told = {"proration_behavior": "always_invoice", "payment_behavior": "pending_if_incomplete"}
    switched(shop, subscription, pro, **told)
    shop.control.advance(seconds=23 * 3600)
    assert shop.v1.subscriptions.retrieve(subscription.id).pending_update is None
    assert price_of(shop, subscription) != pro.id
    assert shop.invoices(subscription)[0].status == "void"
    assert "customer.subscription.pending_update_expired" in shop.events()


def test_a_change_that_waits_may_change_nothing_else(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    told = {"payment_behavior": "pending_if_incomplete", "metadata": {"plan": "pro"}}
    with pytest.raises(stripe.InvalidRequestError, match="metadata is not supported"):
        switched(shop, subscription, pro, **told)


def test_a_change_can_be_refused_if_it_is_not_paid_for(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.control.decline(customer=subscription.customer)
    told = {"proration_behavior": "always_invoice", "payment_behavior": "error_if_incomplete"}
    with pytest.raises(stripe.CardError):
        switched(shop, subscription, pro, **told)
    assert price_of(shop, subscription) != pro.id
    assert len(shop.invoices(subscription)) == 1


def test_a_change_that_is_not_paid_for_is_otherwise_past_due(shop: Shop):
    subscription, pro = shop.subscribed(shop.plan()), shop.plan("Pro", 5000)
    shop.control.decline(customer=subscription.customer)
    switched(shop, subscription, pro, proration_behavior="always_invoice")
    assert (shop.status(subscription), price_of(shop, subscription)) == ("past_due", pro.id)


def test_a_schedule_changes_the_plan_at_the_periods_end(shop: Shop):
    pro, small = shop.plan("Pro", 5000), shop.plan()
    dear, cheap = shop.metered("0.4"), shop.metered("0.5")
    subscription = shop.subscribed(pro, dear)
    schedule = downgrade(shop, subscription, [pro, dear], [small, cheap])
    shop.use(subscription.customer, 1000, "entry:1")
    assert price_of(shop, subscription) == pro.id
    shop.pass_days(29)
    held = shop.v1.subscriptions.retrieve(subscription.id)["items"].data
    assert [item.price.id for item in held] == [small.id, cheap.id]
    assert [item.id for item in held] == [item.id for item in subscription["items"].data]
    assert sorted(line.amount for line in shop.invoices(subscription)[0].lines.data) == [
        0,
        400,
        2000,
    ]
    shop.pass_days(31)
    assert shop.v1.subscription_schedules.retrieve(schedule.id).status == "released"
    assert shop.v1.subscriptions.retrieve(subscription.id).schedule is None
    assert shop.status(subscription) == "active"


def test_a_schedule_can_be_given_up(shop: Shop):
    pro, small = shop.plan("Pro", 5000), shop.plan()
    subscription = shop.subscribed(pro)
    schedule = downgrade(shop, subscription, [pro], [small])
    assert shop.v1.subscription_schedules.release(schedule.id).status == "released"
    shop.pass_days(29)
    assert shop.invoices(subscription)[0].amount_paid == 5000


def test_a_scheduled_subscription_is_not_cancelled_beside_its_schedule(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.v1.subscription_schedules.create({"from_subscription": subscription.id})
    with pytest.raises(stripe.InvalidRequestError, match="managed by the subscription schedule"):
        shop.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    with pytest.raises(stripe.InvalidRequestError, match="already attached to a schedule"):
        shop.v1.subscription_schedules.create({"from_subscription": subscription.id})


def downgrade(
    shop: Shop, subscription: stripe.Subscription, now: list[stripe.Price], then: list[stripe.Price]
) -> stripe.SubscriptionSchedule:
    schedule = shop.v1.subscription_schedules.create({"from_subscription": subscription.id})
    phase = schedule.phases[0]
    return shop.v1.subscription_schedules.update(
        schedule.id,
        {
            "end_behavior": "release",
            "phases": [
                {
                    "items": [{"price": price.id} for price in now],
                    "start_date": phase.start_date,
                    "end_date": phase.end_date,
                },
                {"items": [{"price": price.id} for price in then], "proration_behavior": "none"},
            ],
        },
    )


def test_a_price_is_held_once_and_items_share_a_rhythm(shop: Shop):
    plan = shop.plan()
    with pytest.raises(stripe.InvalidRequestError, match="with the same price"):
        shop.subscribed(plan, plan)
    yearly = shop.v1.prices.create(
        {
            "product": plan.product,
            "currency": "usd",
            "unit_amount": 20000,
            "recurring": {"interval": "year"},
        }
    )
    with pytest.raises(stripe.InvalidRequestError, match="must match across all prices"):
        shop.subscribed(plan, yearly)


def test_a_set_moment_ends_a_subscription(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    at = shop.control.now()["now"] + 3 * DAY
    shop.v1.subscriptions.update(subscription.id, {"cancel_at": at})
    shop.pass_days(3)
    assert shop.status(subscription) == "canceled"
