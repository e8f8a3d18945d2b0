"""What `polis setup-stripe` makes at Stripe: everything that is sold, once, under names of ours."""

from decimal import Decimal

import pytest

from app.adapters.stripe import goods, notices
from app.adapters.stripe.client import API_VERSION, Client
from app.adapters.stripe.setting_up import set_up, webhook
from app.domain import plans
from app.domain.billing import catalog
from app.domain.billing.biller import BillerAway
from app.kit import clock
from app.models.payments import CatalogEntry
from tests.adapters.stripe.account import MODE

URL = "https://polis.example/webhooks/stripe"


@pytest.fixture
def client(account):
    return Client(account.fake.key, MODE, api_base=account.fake.base)


def states(found):
    return {each.state for each in found}


def price(account, item):
    return account.v1.prices.retrieve(account.ids[item])


def test_every_item_of_the_catalog_is_sold_at_stripe(account):
    assert set(account.ids) == {*catalog.ITEMS, catalog.METER, catalog.PORTAL}


@pytest.mark.parametrize("name", plans.PACKS)
def test_a_pack_is_paid_once(account, name):
    seen = price(account, f"pack:{name}")
    assert (seen.type, seen.currency, seen.tax_behavior) == ("one_time", "usd", "exclusive")
    assert seen.unit_amount * 10_000 == plans.PACKS[name].usd_micros
    assert seen.lookup_key == seen.product == f"polis_pack_{name}"


@pytest.mark.parametrize("name", plans.PAID_PLANS)
def test_a_plan_recurs_and_its_overage_is_counted_by_the_meter(account, name):
    month, overage = price(account, f"plan:{name}"), price(account, f"overage:{name}")
    assert month.unit_amount * 10_000 == plans.PLANS[name].usd_micros
    assert overage.unit_amount_decimal * 10_000 == plans.PLANS[name].overage_micros
    assert [each.recurring.interval for each in (month, overage)] == ["month", "month"]
    assert (month.recurring.usage_type, month.recurring.meter) == ("licensed", None)
    assert (overage.recurring.usage_type, overage.recurring.meter) == (
        "metered",
        account.ids[catalog.METER],
    )


def test_the_meter_sums_what_our_entries_report(account):
    [meter] = account.v1.billing.meters.list().data
    assert (meter.id, meter.event_name) == (account.ids[catalog.METER], "polis_overage_tokens")
    assert meter.default_aggregation.formula == "sum"


def test_the_portal_shows_cards_and_invoices_and_ends_plans_but_changes_none(account):
    [made] = account.v1.billing_portal.configurations.list().data
    features = made.features
    assert made.id == account.ids[catalog.PORTAL]
    assert (features.payment_method_update.enabled, features.invoice_history.enabled) == (
        True,
        True,
    )
    assert "address" in features.customer_update.allowed_updates
    assert features.subscription_cancel.to_dict()["mode"] == "at_period_end"
    assert (features.subscription_cancel.enabled, features.subscription_update.enabled) == (
        True,
        False,
    )


def test_done_twice_it_makes_nothing_and_finds_the_same(account, client):
    again = set_up(client)
    assert states(again) == {"stood"}
    assert {each.item: each.id for each in again if each.item} == account.ids
    assert len(account.v1.prices.list({"limit": 100}).data) == len(catalog.ITEMS)


def test_a_new_price_takes_the_name_of_the_old_one_which_still_bills(account, client):
    plan = account.subscribed("pro")
    dearer = next(each for each in goods.table(account.ids["meter"]) if each.item == "plan:pro")
    _, made = goods.found(client, dearer._replace(usd_micros=60 * plans.MICROS))
    old = price(account, "plan:pro")
    assert (made.state, old.active, old.lookup_key) == ("changed", True, None)
    assert account.v1.prices.retrieve(made.id).unit_amount == 6000
    account.pass_days(32)
    assert account.bills(plan)[0].total == 5000


def test_a_changed_allotment_is_another_price_and_the_old_one_keeps_its_own(
    account, client, database
):
    was = next(each for each in goods.table(account.ids["meter"]) if each.item == "plan:pro")
    _, old = goods.found(client, was._replace(tokens=10_000))  # pro brought less, as dear as now
    with database.transaction() as session:
        terms = {"usd_micros": was.usd_micros, "tokens": 10_000, "sold": True}
        facts = {"mode": MODE, "provider_id": old.id, "item": was.item, "created_at": clock.now()}
        session.add(CatalogEntry(**facts, **terms))
    made = {each.item: each for each in set_up(client) if each.item}
    ids = {item: each.id for item, each in made.items()}
    with database.transaction() as session:
        catalog.replace(session, MODE, ids, clock.now())
    assert [item for item, each in made.items() if each.state != "stood"] == ["plan:pro"]
    assert account.v1.prices.retrieve(old.id).lookup_key is None
    assert account.v1.prices.retrieve(ids["plan:pro"]).lookup_key == "polis_plan_pro"
    with database.reading() as session:
        assert catalog.sold(session, MODE, old.id).tokens == 10_000
        assert catalog.sold(session, MODE, ids["plan:pro"]) == catalog.now_sold("plan:pro")
        assert catalog.provider_id(session, MODE, "plan:pro") == ids["plan:pro"] != old.id


@pytest.mark.parametrize("name", catalog.ITEMS)
def test_a_price_says_what_it_brings(account, name):
    assert price(account, name).metadata.to_dict() == {"tokens": str(catalog.now_sold(name).tokens)}


@pytest.mark.parametrize(
    "change",
    [
        {"usd_micros": 5_000_001},
        {"tokens": 1_200},
        {"monthly": True},
        {"monthly": True, "meter_id": "the one there is"},
    ],
)
def test_whatever_differs_makes_another_price(account, client, change):
    small = goods.Good("pack:small", "Small", 5 * plans.MICROS, 1_000, monthly=False)
    if "meter_id" in change:
        change = {**change, "meter_id": account.ids[catalog.METER]}
    made = [goods.found(client, small._replace(**change))[1] for _ in range(2)]
    assert [each.state for each in made] == ["changed", "stood"]


def test_a_price_by_another_meter_is_another_price(account, client):
    account.v1.billing.meters.deactivate(account.ids[catalog.METER], {}, {"idempotency_key": "d"})
    again = {each.item: each for each in set_up(client) if each.item}
    assert again[catalog.METER].state == "made"
    assert again["overage:pro"].state == "changed"
    assert again["plan:pro"].state == "stood"


def test_an_archived_or_renamed_product_is_sold_again(account, client):
    account.v1.products.update(
        "polis_pack_small", {"active": False, "name": "x"}, {"idempotency_key": "a"}
    )
    mended = [each for each in set_up(client) if each.state != "stood"]
    seen = account.v1.products.retrieve("polis_pack_small")
    assert [each.state for each in mended] == ["changed"]
    assert (seen.active, seen.name) == (True, "Small pack: 1,000 tokens")


def test_another_portal_of_the_operator_is_left_alone(account, client):
    features = {"invoice_history": {"enabled": True}}
    theirs = account.v1.billing_portal.configurations.create(
        {"features": features}, {"idempotency_key": "t"}
    )
    account.v1.billing_portal.configurations.update(
        account.ids["portal"],
        {"features": {"subscription_update": {"enabled": True}}},
        {"idempotency_key": "u"},
    )
    assert states(set_up(client)) == {"stood"}
    ours = account.v1.billing_portal.configurations.retrieve(account.ids["portal"])
    assert ours.features.subscription_update.enabled is False
    assert theirs.id != ours.id


def test_the_webhook_is_told_of_exactly_what_we_read(account, client):
    made, secret = webhook(client, URL)
    [endpoint] = account.v1.webhook_endpoints.list().data
    assert (made.state, endpoint.url, endpoint.api_version) == ("made", URL, API_VERSION)
    assert set(endpoint.enabled_events) == set(notices.EVENTS)
    assert str(secret).startswith("whsec_")
    assert webhook(client, URL) == (made._replace(state="stood"), None)


@pytest.mark.parametrize("change", [{"disabled": True}, {"enabled_events": ["invoice.paid"]}])
def test_a_webhook_that_was_changed_by_hand_is_mended(account, client, change):
    made, _ = webhook(client, URL)
    account.v1.webhook_endpoints.update(made.id, change, {"idempotency_key": "h"})
    assert webhook(client, URL) == (made._replace(state="changed"), None)
    [endpoint] = account.v1.webhook_endpoints.list().data
    assert (endpoint.status, len(endpoint.enabled_events)) == ("enabled", len(notices.EVENTS))


def test_a_key_of_another_mode_sets_nothing_up(account):
    with pytest.raises(BillerAway, match="another mode"):
        set_up(Client(account.fake.key, "stripe_live", api_base=account.fake.base))


def test_a_price_is_told_to_the_last_digit():
    good = goods.Good("overage:scale", "Scale", 3_600, 1, meter_id="mtr_1")
    assert (str(good.cents), good.cents) == ("0.3600", Decimal("0.36"))
