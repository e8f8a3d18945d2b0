"""The simulated biller answers the payments port as Stripe does, on both databases."""

from datetime import UTC, datetime

import pytest

from app.domain.billing import catalog
from app.domain.billing.biller import NoSuchObject
from app.domain.billing.simulated import prices as own_prices
from app.errors import Conflict
from tests.domain.billing.shop import BACK, BASE, KEYS, START, USD, Shop, amounts, prices
from tests.rounds import rounds
from tests.together import together


@pytest.fixture
def shop(ledgers):
    return Shop(ledgers)


def test_prices_are_the_catalogs():
    for item in catalog.ITEMS:
        assert own_prices.of(item) == catalog.provider_id(None, "simulated", item)
        assert own_prices.usd_micros(own_prices.of(item)) == catalog.now_sold(item).usd_micros
    for foreign in ("", "price_", "price_pack:huge", "pack:small", "price_price_pack:small"):
        with pytest.raises(NoSuchObject):
            own_prices.item_of(foreign)


def test_an_organization_is_one_customer_however_often_it_asks(shop):
    again = shop.biller.customer(shop.organization_id, "Other", None)
    assert again == shop.customer == shop.biller.customer_of(shop.organization_id)
    shop.biller.rename(shop.customer, "Other", "other@example.com")
    with pytest.raises(NoSuchObject):
        shop.biller.rename("cus_nobody", "Other", None)


def test_a_purchase_has_one_page_that_nobody_can_guess(shop):
    page = shop.open("pack:small", "pur_1" + shop.customer)
    assert page.url == f"{BASE}/billing/simulated/checkout/{page.id}"
    assert len(page.id.removeprefix("cs_")) == 43  # 256 bits
    assert (page.status, page.paid, page.usd_micros) == ("open", False, 5 * USD)
    assert page.price_id == "price_pack:small"
    assert shop.open("pack:small", "pur_1" + shop.customer) == page == shop.biller.checkout(page.id)
    assert shop.open("pack:small").id != page.id


def test_a_page_stays_the_same_when_the_secret_is_rolled(shop):
    page = shop.open("pack:small", "pur_2" + shop.customer)
    rolled = Shop(shop.database, ("a newer secret", *KEYS))
    rolled.customer = shop.customer
    assert rolled.open("pack:small", "pur_2" + shop.customer).id == page.id
    other = Shop(shop.database, ("a newer secret",))
    other.customer = shop.customer
    assert other.open("pack:small", "pur_2" + shop.customer).id != page.id


def test_opening_at_the_same_moment_opens_one_page(shop):
    wanted = shop.wanted("pack:small")
    pages = together(rounds(160), lambda _: shop.biller.open_checkout(wanted).id)
    assert len(set(pages)) == 1


def test_paying_a_pack_makes_a_payment_and_an_invoice_and_tells_of_both(shop):
    page = shop.buy("pack:medium")
    assert (page.status, page.paid, page.url, page.subscription_id) == (
        "complete",
        True,
        None,
        None,
    )
    assert shop.biller.paid(page.payment_id).usd_micros == 20 * USD
    (invoice,) = shop.invoices()
    assert invoice.id == page.invoice_id
    assert amounts(invoice) == [("price_pack:medium", 20 * USD)]
    assert (invoice.status, invoice.number, invoice.subscription_id) == ("paid", "TEST-0001", None)
    assert (invoice.payment_id, invoice.paid_at) == (page.payment_id, START)
    paid, completed = shop.notices()
    assert (paid.kind, paid.subject, paid.object_id) == ("invoice.paid", "invoice", invoice.id)
    assert (completed.kind, completed.subject) == ("checkout.session.completed", "checkout")
    assert (completed.object_id, completed.mode, completed.made_at) == (page.id, "simulated", START)


def test_paying_a_plan_begins_a_month(shop):
    page = shop.buy("plan:pro")
    one = shop.biller.subscription(page.subscription_id)
    assert (one.status, one.price_id, one.customer_id) == (
        "active",
        "price_plan:pro",
        shop.customer,
    )
    assert (one.start, one.end) == (START, datetime(2038, 2, 28, 9, 30, tzinfo=UTC))
    assert (one.ended_at, one.cancels_at, one.next_price_id) == (None, None, None)
    (invoice,) = shop.invoices()
    assert invoice.subscription_id == one.id
    assert amounts(invoice) == [("price_plan:pro", 50 * USD)]
    assert (invoice.lines[0].start, invoice.lines[0].end) == (one.start, one.end)
    assert shop.told() == [
        "customer.subscription.created", "invoice.paid", "checkout.session.completed",
    ]  # fmt: skip
    assert list(shop.biller.subscriptions(shop.customer)) == [one]


def test_paying_again_changes_nothing(shop):
    page = shop.buy("plan:pro")
    shop.told()
    with shop.then(hours=1) as biller:
        assert biller.pay(page.id, shop.now).checkout == page
        assert biller.decline(page.id, shop.now).declined is False
    assert (len(shop.invoices()), shop.told()) == (1, [])


def test_paying_many_times_at_the_same_moment_pays_once(shop):
    page = shop.open("plan:starter")
    paid = together(rounds(160), lambda _: shop.biller.pay(page.id, START).checkout)
    assert len({each.subscription_id for each in paid}) == 1
    assert len(shop.invoices()) == len(shop.biller.subscriptions(shop.customer)) == 1


def test_a_declined_card_leaves_the_page_open_for_another(shop):
    page = shop.open("plan:pro")
    with shop.then() as biller:
        declined = biller.decline(page.id, shop.now)
        assert (declined.declined, declined.checkout) == (True, page)
        assert (declined.item, declined.monthly, declined.back_url) == ("plan:pro", True, BACK)
        assert biller.abandon(page.id, shop.now).declined is False
        assert shop.told() == []
        assert biller.pay(page.id, shop.now).checkout.paid


def test_a_page_ends_with_its_time(shop):
    page = shop.open("pack:small")
    with shop.then(hours=24) as biller:
        assert (biller.checkout(page.id).status, biller.checkout(page.id).url) == ("expired", None)
        assert not biller.pay(page.id, shop.now).checkout.paid
    assert shop.told() == ["checkout.session.expired"]
    swept = shop.open("pack:small")
    shop.renew(hours=24)
    assert shop.told() == ["checkout.session.expired"]
    assert shop.biller.checkout(swept.id).status == "expired"
    assert shop.invoices() == []


def test_closing_ends_an_open_page_and_no_other(shop):
    page, paid = shop.open("pack:small"), shop.buy("pack:small")
    shop.told()
    for _ in range(2):
        shop.biller.close_checkout(page.id)
        shop.biller.close_checkout(paid.id)
    assert shop.told() == ["checkout.session.expired"]
    with shop.then() as biller:
        assert not biller.pay(page.id, shop.now).checkout.paid
        assert biller.checkout(paid.id).paid


def test_what_is_not_there_is_said_to_be_so(shop):
    pack = shop.buy("pack:small")
    for ask in (
        shop.biller.checkout, shop.biller.invoice, shop.biller.subscription, shop.biller.paid,
        shop.biller.close_checkout, shop.biller.keep, shop.biller.end_at_end,
    ):  # fmt: skip
        for id_ in ("nothing", "", shop.customer):
            with pytest.raises(NoSuchObject):
                ask(id_)
    with pytest.raises(NoSuchObject):
        shop.biller.portal("cus_nobody", BACK)
    with pytest.raises(NoSuchObject):
        shop.biller.portal(pack.id, BACK)
    with pytest.raises(NoSuchObject):
        shop.biller.report_usage(pack.id, 1, "led_x", START)
    with pytest.raises(NoSuchObject):
        shop.open("pack:small", customer_id="cus_nobody")
    with pytest.raises(NoSuchObject):
        shop.open("pack:small", prices=("price_pack:huge",))
    one = shop.subscribe()
    with pytest.raises(NoSuchObject):
        shop.biller.change_now(one.id, prices("pack:small"), START)


def test_the_portal_is_a_page_of_the_dashboard(shop):
    assert shop.biller.portal(shop.customer, BACK) == f"{BASE}/app/billing/simulated"


def test_a_refund_is_made_once_and_never_beyond_the_payment(shop):
    payment_id = shop.buy("pack:medium").payment_id
    shop.told()
    with shop.then() as biller:
        for _ in range(2):
            assert len(biller.refund(payment_id, 5 * USD, "re_1").refunds) == 1
        for amount in (15 * USD + 1, 0, -1):
            with pytest.raises(Conflict):
                biller.refund(payment_id, amount, "re_2")
        paid = biller.refund(payment_id, 15 * USD, "re_3")
    assert [(each.id, each.usd_micros) for each in paid.refunds] == [
        ("re_1", 5 * USD), ("re_3", 15 * USD),
    ]  # fmt: skip
    assert paid.refunds[0].made_at == shop.now
    assert [(each.kind, each.object_id) for each in shop.notices()] == [
        ("charge.refunded", payment_id), ("charge.refunded", payment_id),
    ]  # fmt: skip
