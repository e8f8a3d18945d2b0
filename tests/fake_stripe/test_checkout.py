"""Checkout: packs and plans, paid, declined, left, forgotten, or paid by a slow way."""

import pytest
import stripe

from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import DAY, Shop, visit


def fresh(shop: Shop, session: stripe.checkout.Session) -> stripe.checkout.Session:
    return shop.v1.checkout.sessions.retrieve(session.id)


def test_the_page_shows_what_is_sold_and_leads_back(shop: Shop):
    session = shop.session(shop.pack(), client_reference_id="org_1")
    status, page, _ = visit(session.url)
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 500)
    assert status == 200
    assert "Small pack" in page
    assert "$5.00" in page
    assert 'href="http://shop.test/back"' in page


def test_a_pack_is_paid_at_the_page(shop: Shop):
    customer = shop.customer(None).id
    session = shop.session(shop.pack(), customer=customer, metadata={"item": "small"})
    status, _, leads = visit(session.url, action="pay")
    paid = fresh(shop, session)
    assert (status, leads) == (303, f"http://shop.test/paid?session={session.id}")
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer == customer
    intent = shop.v1.payment_intents.retrieve(paid.payment_intent, {"expand": ["latest_charge"]})
    assert (intent.status, intent.amount_received, intent.latest_charge.paid) == (
        "succeeded",
        500,
        True,
    )
    assert shop.events()[-5:] == [
        "payment_method.attached",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_guest_pays_without_becoming_a_customer_unless_it_is_asked_for(shop: Shop):
    pack = shop.pack()
    guest, named = shop.session(pack), shop.session(pack, customer_creation="always")
    for each in (guest, named):
        visit(each.url, action="pay", email="eve@example.com")
    assert fresh(shop, guest).customer is None
    assert fresh(shop, guest).customer_details.email == "eve@example.com"
    assert shop.v1.customers.retrieve(fresh(shop, named).customer).email == "eve@example.com"


def test_a_pack_can_come_with_an_invoice(shop: Shop):
    session = shop.session(
        shop.pack(), invoice_creation={"enabled": True, "invoice_data": {"metadata": {"a": "b"}}}
    )
    visit(session.url, action="pay")
    invoice = shop.v1.invoices.retrieve(fresh(shop, session).invoice)
    assert (invoice.status, invoice.total, invoice.metadata["a"]) == ("paid", 500, "b")
    assert invoice.parent is None


def test_a_declined_card_leaves_the_session_open(shop: Shop):
    session = shop.session(shop.pack())
    status, page, _ = visit(session.url, action="decline")
    assert (status, fresh(shop, session).status) == (402, "open")
    assert "Your card was declined." in page
    assert shop.events()[-2:] == ["charge.failed", "payment_intent.payment_failed"]
    visit(session.url, action="pay")
    assert fresh(shop, session).payment_status == "paid"
    assert len(shop.v1.payment_intents.list().data) == 1


def test_a_session_that_is_left_changes_nothing(shop: Shop):
    session = shop.session(shop.pack())
    visit(session.url)
    assert fresh(shop, session).status == "open"
    assert "checkout.session.completed" not in shop.events()


def test_a_session_is_paid_once(shop: Shop):
    session = shop.session(shop.pack())
    visit(session.url, action="pay")
    status, page, _ = visit(session.url, action="pay")
    assert status == 400
    assert "complete" in page
    assert len(shop.v1.charges.list().data) == 1


def test_a_session_expires_when_its_time_is_over_or_when_told(shop: Shop):
    pack = shop.pack()
    told, forgotten = shop.session(pack), shop.session(pack)
    assert shop.v1.checkout.sessions.expire(told.id).status == "expired"
    shop.control.advance(seconds=DAY)
    assert fresh(shop, forgotten).status == "expired"
    assert shop.events().count("checkout.session.expired") == 2
    with pytest.raises(stripe.InvalidRequestError, match="can be expired"):
        shop.v1.checkout.sessions.expire(told.id)
    assert visit(forgotten.url, action="pay")[0] == 400


def test_a_session_lives_half_an_hour_to_a_day(shop: Shop):
    now = shop.control.now()["now"]
    with pytest.raises(stripe.InvalidRequestError, match="between 30 minutes and 24 hours"):
        shop.session(shop.pack(), expires_at=now + 60)


@pytest.mark.parametrize("arrives", [True, False])
def test_a_slow_payment_completes_unpaid_and_is_settled_later(shop: Shop, arrives: bool):
    session = shop.session(shop.pack(), customer=shop.customer(None).id)
    visit(session.url, action="later")
    waiting = fresh(shop, session)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert shop.events()[-2:] == ["payment_intent.processing", "checkout.session.completed"]
    shop.control.settle(session=session.id, succeeds=arrives)
    assert fresh(shop, session).payment_status == ("paid" if arrives else "unpaid")
    word = "succeeded" if arrives else "failed"
    assert shop.events()[-1] == f"checkout.session.async_payment_{word}"


def test_a_plan_is_subscribed_to_at_the_page(shop: Shop):
    plan, metered = shop.plan(), shop.metered()
    session = shop.session(
        plan,
        "subscription",
        line_items=[{"price": plan.id, "quantity": 1}, {"price": metered.id}],
        customer_email="ada@example.com",
        subscription_data={"metadata": {"org": "1"}},
    )
    visit(session.url, action="pay")
    paid = fresh(shop, session)
    subscription = shop.v1.subscriptions.retrieve(paid.subscription)
    assert (paid.payment_status, paid.payment_intent) == ("paid", None)
    assert (subscription.status, subscription.metadata["org"]) == ("active", "1")
    assert subscription.default_payment_method
    assert [each.price.id for each in subscription["items"].data] == [plan.id, metered.id]
    assert shop.v1.invoices.retrieve(paid.invoice).billing_reason == "subscription_create"
    assert shop.v1.customers.retrieve(paid.customer).email == "ada@example.com"


def test_a_declined_card_begins_no_subscription(shop: Shop):
    session = shop.session(shop.plan(), "subscription", customer=shop.customer(None).id)
    assert visit(session.url, action="decline")[0] == 402
    assert shop.v1.subscriptions.list({"status": "all"}).data == []
    assert shop.v1.invoices.list().data == []


def test_a_slow_payment_of_a_plan_makes_it_active_and_past_due_if_it_fails(shop: Shop):
    session = shop.session(shop.plan(), "subscription", customer=shop.customer(None).id)
    visit(session.url, action="later")
    subscription = shop.v1.subscriptions.retrieve(fresh(shop, session).subscription)
    assert (subscription.status, shop.invoices(subscription)[0].status) == ("active", "open")
    shop.control.settle(session=session.id, succeeds=False)
    assert shop.status(subscription) == "past_due"


def test_a_trial_at_the_page_takes_no_payment(shop: Shop):
    session = shop.session(shop.plan(), "subscription", subscription_data={"trial_period_days": 7})
    visit(session.url, action="pay", email="ada@example.com")
    assert shop.v1.subscriptions.retrieve(fresh(shop, session).subscription).status == "trialing"
    assert shop.v1.charges.list().data == []


def test_what_is_sold_must_fit_the_mode(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="`payment` mode but passed a recurring"):
        shop.session(shop.plan(), "payment")
    with pytest.raises(stripe.InvalidRequestError, match="at least one recurring price"):
        shop.session(shop.pack(), "subscription")
    with pytest.raises(stripe.InvalidRequestError, match="Quantity should not be specified"):
        shop.session(shop.metered(), "subscription")


def test_the_lines_of_a_session_are_asked_for(shop: Shop):
    session = shop.session(shop.pack(), expand=["line_items"])
    assert session.line_items.data[0].amount_total == 500
    assert shop.v1.checkout.sessions.line_items.list(session.id).data[0].description == "Small pack"
    with pytest.raises(AttributeError):
        fresh(shop, session).line_items  # noqa: B018 - not there unless it is expanded


def test_tax_on_a_known_customer_needs_leave_to_save_what_they_type(shop: Shop):
    customer = shop.customer(None).id
    pack = shop.pack()
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.session(pack, customer=customer, automatic_tax={"enabled": True})
    assert refused.value.code == "customer_tax_location_invalid"
    with pytest.raises(stripe.InvalidRequestError, match=r"customer_update\[name\]"):
        shop.session(pack, customer=customer, tax_id_collection={"enabled": True})
    session = shop.session(
        pack,
        customer=customer,
        automatic_tax={"enabled": True},
        tax_id_collection={"enabled": True},
        customer_update={"name": "auto", "address": "auto"},
    )
    assert session.automatic_tax.enabled is True


def test_a_customer_and_a_mail_address_exclude_each_other(shop: Shop):
    with pytest.raises(stripe.InvalidRequestError, match="only specify one"):
        shop.session(shop.pack(), customer=shop.customer(None).id, customer_email="a@example.com")


def test_a_page_of_nothing_is_not_found(fake: FakeStripe):
    assert visit(f"{fake.base}/c/pay/cs_test_x")[0] == 404
    assert visit(f"{fake.base}/elsewhere")[0] == 404
