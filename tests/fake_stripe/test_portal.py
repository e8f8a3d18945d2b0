"""The billing portal: what its configuration allows, and what customers do there."""

from typing import Any

import pytest
import stripe

from tests.fake_stripe.selling import Shop, visit


def opened(shop: Shop, customer: str, **features: Any) -> str:
    """A visit to a portal that allows cancelling and another card, and what is given."""
    shop.v1.billing_portal.configurations.create(
        {
            "features": {
                "invoice_history": {"enabled": True},
                "payment_method_update": {"enabled": True},
                "subscription_cancel": {"enabled": True, "mode": "at_period_end"},
                **features,
            }
        }
    )
    session = {"customer": customer, "return_url": "http://shop.test/app/billing"}
    return shop.v1.billing_portal.sessions.create(session).url


def changing(*prices: stripe.Price, at_period_end: bool = False) -> dict[str, Any]:
    products = [{"product": price.product, "prices": [price.id]} for price in prices]
    conditions = [{"type": "decreasing_item_amount"}] if at_period_end else []
    return {
        "subscription_update": {
            "enabled": True,
            "default_allowed_updates": ["price"],
            "proration_behavior": "always_invoice",
            "products": products,
            "schedule_at_period_end": {"conditions": conditions},
        }
    }


def test_a_portal_needs_a_configuration(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="No configuration provided"):
        shop.v1.billing_portal.sessions.create({"customer": shop.customer(None).id})


def test_the_portal_shows_plans_invoices_and_the_way_back(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    _, page, _ = visit(opened(shop, subscription.customer))
    assert subscription.id in page
    assert "$20.00" in page
    assert 'href="http://shop.test/app/billing"' in page


def test_a_plan_is_cancelled_at_its_end_and_kept_after_all(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    url = opened(shop, subscription.customer)
    assert visit(url, action="cancel", subscription=subscription.id)[0] == 303
    assert shop.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end is True
    visit(url, action="resume", subscription=subscription.id)
    assert shop.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end is False


def test_the_configuration_can_cancel_at_once(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    cancel = {"subscription_cancel": {"enabled": True, "mode": "immediately"}}
    url = opened(shop, subscription.customer, **cancel)
    visit(url, action="cancel", subscription=subscription.id)
    assert shop.status(subscription) == "canceled"


def test_a_plan_is_changed_at_once_where_it_costs_more(shop: Shop):
    small, pro = shop.plan(), shop.plan("Pro", 5000)
    subscription = shop.subscribed(small)
    url = opened(shop, subscription.customer, **changing(small, pro, at_period_end=True))
    visit(url, action="switch", subscription=subscription.id, price=pro.id)
    changed = shop.v1.subscriptions.retrieve(subscription.id)
    assert changed["items"].data[0].price.id == pro.id
    assert shop.invoices(subscription)[0].amount_paid == 3000


def test_a_plan_is_changed_at_the_periods_end_where_it_costs_less(shop: Shop):
    small, pro = shop.plan(), shop.plan("Pro", 5000)
    subscription = shop.subscribed(pro)
    url = opened(shop, subscription.customer, **changing(small, pro, at_period_end=True))
    visit(url, action="switch", subscription=subscription.id, price=small.id)
    waiting = shop.v1.subscriptions.retrieve(subscription.id)
    assert (waiting["items"].data[0].price.id, bool(waiting.schedule)) == (pro.id, True)
    shop.pass_days(29)
    assert shop.invoices(subscription)[0].amount_paid == 2000


def test_a_plan_with_usage_cannot_be_changed_there(shop: Shop):
    small, pro = shop.plan(), shop.plan("Pro", 5000)
    subscription = shop.subscribed(small, shop.metered())
    url = opened(shop, subscription.customer, **changing(small, pro))
    assert "several products cannot be changed here" in visit(url)[1]
    assert visit(url, action="switch", subscription=subscription.id, price=pro.id)[0] == 400


def test_a_price_that_is_not_offered_cannot_be_had(shop: Shop):
    small, pro = shop.plan(), shop.plan("Pro", 5000)
    subscription = shop.subscribed(small)
    url = opened(shop, subscription.customer, **changing(small))
    assert visit(url, action="switch", subscription=subscription.id, price=pro.id)[0] == 400


def test_another_card_pays_from_now_on(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.control.decline(customer=subscription.customer)
    visit(opened(shop, subscription.customer), action="card", card="pm_card_mastercard")
    shop.pass_days(29)
    assert (shop.status(subscription), shop.invoices(subscription)[0].status) == ("active", "paid")


def test_nobody_reaches_anothers_plan(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    url = opened(shop, shop.customer(None).id)
    status, page, _ = visit(url, action="cancel", subscription=subscription.id)
    assert (status, "belongs to somebody else" in page) == (400, True)


def test_what_the_configuration_forbids_is_not_done(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    url = opened(shop, subscription.customer, subscription_cancel={"enabled": False})
    assert "Cancel plan" not in visit(url)[1]
    assert visit(url, action="cancel", subscription=subscription.id)[0] == 400


def test_a_configuration_is_changed_in_part(shop: Shop):
    opened(shop, shop.customer(None).id)
    [made] = shop.v1.billing_portal.configurations.list({"is_default": True}).data
    changed = shop.v1.billing_portal.configurations.update(
        made.id, {"features": {"invoice_history": {"enabled": False}}}
    )
    assert changed.features.invoice_history.enabled is False
    assert changed.features.subscription_cancel.enabled is True


def test_a_visit_can_aim_at_one_thing(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    opened(shop, subscription.customer)
    flow = {"type": "subscription_cancel", "subscription_cancel": {"subscription": subscription.id}}
    session = shop.v1.billing_portal.sessions.create(
        {"customer": subscription.customer, "flow_data": flow}
    )
    assert session.flow.subscription_cancel.subscription == subscription.id
