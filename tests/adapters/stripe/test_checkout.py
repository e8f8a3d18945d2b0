"""Checkout: one page a purchase, what is paid there, and what becomes of it."""

from datetime import timedelta

import pytest

from app.domain.billing.biller import BillerAway, NoSuchObject
from tests.adapters.stripe.account import BACK, DOLLAR
from tests.fake_stripe.selling import visit

PACK, PLAN = "pack:small", "plan:pro"


def session_of(account, page):
    return account.v1.checkout.sessions.retrieve(page.id)


def test_a_pack_has_a_page_that_leads_back_to_us_paid_or_not(account):
    page = account.opened(PACK)
    seen = session_of(account, page)
    assert (page.status, page.paid, page.url) == ("open", False, seen.url)
    assert (page.price_id, page.usd_micros) == (account.ids[PACK], 5 * DOLLAR)
    assert (seen.mode, seen.client_reference_id) == ("payment", "pur_1")
    assert seen.metadata.to_dict() == {"purchase_id": "pur_1"}
    assert (seen.success_url, seen.cancel_url) == (BACK, BACK)
    assert (seen.automatic_tax.enabled, seen.tax_id_collection) == (False, None)
    assert account.calls("/v1/checkout/sessions")[0]["key"] == "pur_1:checkout"


def test_a_paid_pack_names_its_payment_and_its_invoice(account):
    page = account.bought(PACK)
    bill = account.biller.invoice(str(page.invoice_id))
    assert (page.status, page.paid, page.url) == ("complete", True, None)
    assert account.biller.paid(str(page.payment_id)).usd_micros == 5 * DOLLAR
    assert (bill.subscription_id, bill.payment_id) == (None, page.payment_id)
    assert [line.price_id for line in bill.lines] == [account.ids[PACK]]


def test_a_plan_is_sold_with_its_overage_by_the_meter(account):
    page = account.bought(PLAN)
    plan = account.biller.subscription(str(page.subscription_id))
    held = account.v1.subscriptions.retrieve(plan.id)
    assert (page.price_id, page.usd_micros, page.paid) == (account.ids[PLAN], 50 * DOLLAR, True)
    assert (page.payment_id, bool(page.invoice_id)) == (None, True)
    assert (plan.status, plan.price_id, plan.customer_id) == (
        "active",
        account.ids[PLAN],
        page.customer_id,
    )
    assert [(item.price.id, item.quantity) for item in held.items.data] == [
        (account.ids[PLAN], 1),
        (account.ids["overage:pro"], None),
    ]
    assert held.metadata.to_dict() == {"purchase_id": "pur_1"}
    assert "[billing_mode][type]=flexible" in str(account.calls("/v1/checkout/sessions"))


def test_the_same_purchase_gets_the_same_page(account):
    customer = account.customer()
    first, again = (account.opened(PACK, customer) for _ in range(2))
    later = account.opened(PACK, customer, expires_at=account.now() + timedelta(hours=9))
    assert first == again == later
    assert account.opened(PACK, customer, purchase_id="pur_2").id != first.id


def test_a_page_asked_for_again_shows_what_became_of_it(account):
    customer = account.customer()
    account.bought(PACK, customer)
    assert account.opened(PACK, customer).status == "complete"
    later = account.opened(PACK, customer, expires_at=account.now() + timedelta(hours=9))
    assert (later.status, later.paid) == ("complete", True)


def test_a_key_that_was_used_for_something_else_opens_no_page(account):
    account.opened(PACK)
    with pytest.raises(BillerAway):
        account.opened(PACK, account.customer("org_2"))


@pytest.mark.parametrize(
    ("wanted", "lives"),
    [(timedelta(0), 31 * 60), (timedelta(hours=2), 7200), (timedelta(7), 86400 - 60)],
)
def test_a_page_lives_half_an_hour_to_a_day(account, wanted, lives):
    page = account.opened(PACK, expires_at=account.now() + wanted)
    assert page.expires_at == account.now() + timedelta(seconds=lives)


def test_a_page_is_closed_once_and_cannot_be_paid_then(account):
    page = account.opened(PACK)
    for _ in range(2):
        account.biller.close_checkout(page.id)
    assert account.biller.checkout(page.id).status == "expired"
    assert visit(str(page.url), action="pay")[0] == 400


def test_a_paid_page_stays_paid_when_it_is_closed(account):
    page = account.bought(PACK)
    account.biller.close_checkout(page.id)
    assert account.biller.checkout(page.id).paid is True


def test_a_page_nobody_made_is_not_found(account):
    for ask in (account.biller.checkout, account.biller.close_checkout):
        with pytest.raises(NoSuchObject):
            ask("cs_test_x")


def test_a_declined_card_leaves_the_page_open(account):
    page = account.opened(PLAN)
    assert visit(str(page.url), action="decline")[0] == 402
    assert account.biller.checkout(page.id).status == "open"
    assert account.biller.subscriptions(page.customer_id) == []


@pytest.mark.parametrize("arrives", [True, False])
def test_a_slow_payment_is_not_paid_until_it_arrives(account, arrives):
    page = account.opened(PACK)
    visit(str(page.url), action="later")
    waiting = account.biller.checkout(page.id)
    assert (waiting.status, waiting.paid) == ("complete", False)
    account.control.settle(session=page.id, succeeds=arrives)
    assert account.biller.checkout(page.id).paid is arrives


def test_a_page_that_anybody_may_hold_takes_no_payment_that_takes_days(account):
    page = account.opened(PACK, cards_only=True)
    assert visit(str(page.url), action="later")[0] == 400
    assert account.biller.checkout(page.id).status == "open"
    assert visit(str(page.url), action="pay")[0] == 303
    assert account.biller.checkout(page.id).paid


def test_tax_is_asked_for_where_it_is_switched_on(account):
    biller = account.made(automatic_tax=True, tax_ids=True)
    page = biller.open_checkout(account.wanted(PACK, account.customer()))
    seen = session_of(account, page)
    assert (seen.automatic_tax.enabled, seen.tax_id_collection.enabled) == (True, True)


def test_what_is_no_longer_sold_has_no_page(account):
    with pytest.raises(NoSuchObject):
        account.opened(PACK, prices=("price_x",))
