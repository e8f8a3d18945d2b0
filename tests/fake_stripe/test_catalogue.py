"""Customers, cards, products, prices, meters, the account."""

import pytest
import stripe

from tests.fake_stripe.selling import METER, Shop


def test_a_customer_is_found_by_mail_changed_and_deleted(shop: Shop):
    customer = shop.customer()
    assert [each.id for each in shop.v1.customers.list({"email": "ada@example.com"}).data] == [
        customer.id
    ]
    changed = shop.v1.customers.update(customer.id, {"email": "eve@example.com", "name": ""})
    assert (changed.email, changed.name) == ("eve@example.com", None)
    shop.v1.customers.delete(customer.id)
    assert shop.v1.customers.retrieve(customer.id).deleted is True
    assert shop.v1.customers.list().data == []


def test_deleting_a_customer_ends_what_they_subscribed_to(shop: Shop):
    subscription = shop.subscribed(shop.plan())
    shop.v1.customers.delete(subscription.customer)
    assert shop.status(subscription) == "canceled"
    assert shop.events()[-2:] == ["customer.subscription.deleted", "customer.deleted"]


def test_a_mail_address_that_is_none_is_refused(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.customers.create({"email": "ada"})
    assert refused.value.code == "email_invalid"


def test_a_card_belongs_to_one_customer(shop: Shop):
    card = shop.v1.payment_methods.attach("pm_card_visa", {"customer": shop.customer(None).id})
    with pytest.raises(stripe.InvalidRequestError, match="already been attached"):
        shop.v1.payment_methods.attach(card.id, {"customer": shop.customer(None).id})
    assert shop.v1.payment_methods.detach(card.id).customer is None


def test_a_card_must_be_the_customers_to_be_their_default(shop: Shop):
    card = shop.v1.payment_methods.attach("pm_card_visa", {"customer": shop.customer(None).id})
    settings = {"default_payment_method": card.id}
    with pytest.raises(stripe.InvalidRequestError, match="must be attached"):
        shop.v1.customers.update(shop.customer(None).id, {"invoice_settings": settings})


def test_a_product_may_have_an_id_of_ours_once(shop: Shop):
    shop.v1.products.create({"id": "polis_starter", "name": "Starter"})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.products.create({"id": "polis_starter", "name": "Starter"})
    assert refused.value.code == "resource_already_exists"


def test_a_product_with_a_price_is_archived_not_deleted(shop: Shop):
    price = shop.plan()
    with pytest.raises(stripe.InvalidRequestError, match="cannot be deleted"):
        shop.v1.products.delete(price.product)
    assert shop.v1.products.update(price.product, {"active": False}).active is False
    assert shop.v1.products.list({"active": True}).data == []


def test_a_price_can_be_finer_than_a_cent(shop: Shop):
    price = shop.metered("0.36")
    assert (price.unit_amount, str(price.unit_amount_decimal)) == (None, "0.36")
    assert shop.plan().unit_amount_decimal == 2000


def test_a_price_is_found_by_its_lookup_key_which_moves_only_when_told(shop: Shop):
    facts = {
        "currency": "usd",
        "unit_amount": 1,
        "lookup_key": "starter",
        "product_data": {"name": "S"},
    }
    old = shop.v1.prices.create(facts)
    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key"):
        shop.v1.prices.create(facts)
    new = shop.v1.prices.create({**facts, "transfer_lookup_key": True})
    assert [each.id for each in shop.v1.prices.list({"lookup_keys": ["starter"]}).data] == [new.id]
    assert shop.v1.prices.retrieve(old.id).lookup_key is None


def test_a_metered_price_needs_a_meter(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="must have a meter"):
        shop.v1.prices.create(
            {
                "currency": "usd",
                "unit_amount": 1,
                "product_data": {"name": "Overage"},
                "recurring": {"interval": "month", "usage_type": "metered"},
            }
        )


def test_an_archived_price_sells_nothing(shop: Shop):
    price = shop.plan()
    shop.v1.prices.update(price.id, {"active": False})
    with pytest.raises(stripe.InvalidRequestError, match="inactive"):
        shop.session(price, "subscription")
    with pytest.raises(stripe.InvalidRequestError, match="inactive"):
        shop.subscribed(price)


def test_one_active_meter_listens_to_an_event_name(shop: Shop):
    meter = shop.v1.billing.meters.create(METER)
    with pytest.raises(stripe.InvalidRequestError, match="already exists"):
        shop.v1.billing.meters.create(METER)
    assert shop.v1.billing.meters.deactivate(meter.id).status == "inactive"
    assert shop.v1.billing.meters.create(METER).status == "active"


def test_usage_counts_once_by_its_identifier(shop: Shop):
    customer, meter = shop.customer().id, shop.v1.billing.meters.create(METER)
    shop.use(customer, 100, "entry:1")
    with pytest.raises(
        stripe.InvalidRequestError, match="already exists with identifier"
    ) as refused:
        shop.use(customer, 100, "entry:1")
    assert refused.value.code == "duplicate_meter_event"
    shop.use(customer, 20, "entry:2")
    assert counted(shop, meter, customer) == 120


def test_usage_can_be_taken_back_within_a_day(shop: Shop):
    customer, meter = shop.customer().id, shop.v1.billing.meters.create(METER)
    shop.use(customer, 100, "entry:1")
    taken_back = {
        "event_name": "tokens_over",
        "type": "cancel",
        "cancel": {"identifier": "entry:1"},
    }
    shop.v1.billing.meter_event_adjustments.create(taken_back)
    assert counted(shop, meter, customer) == 0


@pytest.mark.parametrize(
    ("shift", "code"),
    [(-36 * 86400, "timestamp_too_far_in_past"), (301, "timestamp_in_future")],
)
def test_usage_of_another_time_is_refused(shop: Shop, shift: int, code: str):
    customer, _ = shop.customer().id, shop.v1.billing.meters.create(METER)
    at = shop.control.now()["now"] + shift
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.use(customer, 1, "entry:1", timestamp=at)
    assert refused.value.code == code


def test_usage_of_nobody_or_of_nothing_is_refused(shop: Shop):
    customer, _ = shop.customer().id, shop.v1.billing.meters.create(METER)
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        shop.use("cus_x", 1, "entry:1")
    with pytest.raises(stripe.InvalidRequestError, match="No active meter"):
        shop.use(customer, 1, "entry:1", event_name="words")
    with pytest.raises(stripe.InvalidRequestError, match="Invalid value"):
        shop.use(customer, 1, "entry:1", payload={"stripe_customer_id": customer, "value": "1.5"})


def test_the_account_says_what_it_may_do(shop: Shop):
    account = shop.v1.accounts.retrieve_current()
    assert account.charges_enabled is True
    assert account.default_currency == "usd"


def counted(shop: Shop, meter: stripe.billing.Meter, customer: str) -> float:
    now = shop.control.now()["now"]
    times = {"customer": customer, "start_time": now - 3600, "end_time": now + 3600}
    return shop.v1.billing.meters.event_summaries.list(meter.id, times).data[0].aggregated_value
