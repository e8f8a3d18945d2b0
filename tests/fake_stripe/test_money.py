"""Invoices by hand, payments, refunds, disputes."""

import pytest
import stripe

from tests.fake_stripe.selling import Shop, visit


@pytest.fixture
def charge(shop: Shop) -> stripe.Charge:
    """$50.00, paid for a plan."""
    shop.subscribed(shop.plan("Pro", 5000))
    return shop.v1.charges.list().data[0]


def test_an_invoice_goes_from_draft_to_paid(shop: Shop):
    customer = shop.customer().id
    invoice = shop.v1.invoices.create({"customer": customer, "metadata": {"a": "b"}})
    item = {"customer": customer, "invoice": invoice.id, "amount": 700, "currency": "usd"}
    shop.v1.invoice_items.create(item)
    assert shop.v1.invoices.retrieve(invoice.id).total == 700
    opened = shop.v1.invoices.finalize_invoice(invoice.id)
    assert (opened.status, opened.amount_due, opened.number[-4:]) == ("open", 700, "0001")
    assert shop.v1.invoices.pay(invoice.id).status == "paid"
    with pytest.raises(stripe.InvalidRequestError, match="already paid"):
        shop.v1.invoices.pay(invoice.id)


def test_an_open_invoice_is_voided_or_written_off(shop: Shop):
    made = []
    for _ in range(2):
        customer = shop.customer().id
        invoice = shop.v1.invoices.create({"customer": customer})
        item = {"customer": customer, "invoice": invoice.id, "amount": 700, "currency": "usd"}
        shop.v1.invoice_items.create(item)
        made.append(shop.v1.invoices.finalize_invoice(invoice.id).id)
    assert shop.v1.invoices.void_invoice(made[0]).status == "void"
    assert shop.v1.invoices.mark_uncollectible(made[1]).status == "uncollectible"
    with pytest.raises(stripe.InvalidRequestError, match="can't be voided"):
        shop.v1.invoices.void_invoice(made[0])


def test_only_a_draft_is_deleted(shop: Shop):
    customer = shop.customer().id
    draft = shop.v1.invoices.create({"customer": customer})
    assert shop.v1.invoices.delete(draft.id).deleted is True
    subscription = shop.subscribed(shop.plan(), customer=customer)
    with pytest.raises(stripe.InvalidRequestError, match="can't be deleted"):
        shop.v1.invoices.delete(subscription.latest_invoice)


def test_a_declined_payment_of_an_invoice_is_an_error_and_counted(shop: Shop):
    subscription = shop.subscribed(shop.plan(), payment_behavior="default_incomplete")
    with pytest.raises(stripe.CardError) as refused:
        shop.v1.invoices.pay(
            subscription.latest_invoice,
            {"payment_method": "pm_card_chargeDeclinedInsufficientFunds"},
        )
    assert (refused.value.code, refused.value.error.decline_code) == (
        "card_declined",
        "insufficient_funds",
    )
    assert shop.invoices(subscription)[0].attempt_count == 1


def test_an_invoice_has_a_page_where_it_is_paid_and_a_pdf(shop: Shop):
    subscription = shop.subscribed(shop.plan(), payment_behavior="default_incomplete")
    [invoice] = shop.invoices(subscription)
    assert "$20.00" in visit(invoice.hosted_invoice_url)[1]
    assert visit(invoice.hosted_invoice_url, card="pm_card_chargeDeclined")[0] == 402
    assert visit(invoice.hosted_invoice_url, card="pm_card_visa")[0] == 303
    assert shop.status(subscription) == "active"
    assert visit(invoice.invoice_pdf)[1].startswith("%PDF")


def test_an_invoice_can_be_paid_elsewhere(shop: Shop):
    subscription = shop.subscribed(shop.plan(), payment_behavior="default_incomplete")
    shop.v1.invoices.pay(subscription.latest_invoice, {"paid_out_of_band": True})
    assert (shop.status(subscription), shop.v1.charges.list().data) == ("active", [])


def test_a_charge_leads_to_its_invoice_through_payments(shop: Shop, charge: stripe.Charge):
    payment = {"type": "payment_intent", "payment_intent": charge.payment_intent}
    [found] = shop.v1.invoice_payments.list({"payment": payment}).data
    assert shop.v1.invoices.retrieve(found.invoice).total == charge.amount
    assert shop.v1.invoices.line_items.list(found.invoice).data[0].amount == charge.amount
    with pytest.raises(AttributeError):
        charge.invoice  # noqa: B018 - charges no longer name it


def test_a_charge_is_refunded_in_parts_and_no_further(shop: Shop, charge: stripe.Charge):
    part = shop.v1.refunds.create({"charge": charge.id, "amount": 2000, "metadata": {"a": "b"}})
    seen = shop.v1.charges.retrieve(charge.id, {"expand": ["refunds"]})
    assert (part.status, seen.amount_refunded, seen.refunded) == ("succeeded", 2000, False)
    assert [each.id for each in seen.refunds.data] == [part.id]
    with pytest.raises(stripe.InvalidRequestError, match=r"\(\$30.01\) is greater .* \(\$30.00\)"):
        shop.v1.refunds.create({"charge": charge.id, "amount": 3001})
    shop.v1.refunds.create({"payment_intent": charge.payment_intent})
    assert shop.v1.charges.retrieve(charge.id).refunded is True
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"
    assert shop.events()[-4:] == ["refund.created", "charge.refunded"] * 2


def test_the_owner_refunds_from_the_dashboard(shop: Shop, charge: stripe.Charge):
    shop.control.refund(charge=charge.id, amount=100)
    event = shop.v1.events.list({"type": "charge.refunded"}).data[0]
    assert (event.request.id, event.data.object["amount_refunded"]) == (None, 100)
    assert event.data.previous_attributes["amount_refunded"] == 0


def test_a_dispute_takes_the_money_and_a_win_returns_it(shop: Shop, charge: stripe.Charge):
    dispute = shop.control.dispute(charge=charge.id)
    assert (dispute["status"], dispute["amount"]) == ("needs_response", 5000)
    assert shop.v1.charges.retrieve(charge.id).disputed is True
    with pytest.raises(stripe.InvalidRequestError) as refused:
        shop.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_disputed"
    shop.control.close_dispute(dispute=dispute["id"], outcome="won")
    assert shop.v1.disputes.retrieve(dispute["id"]).status == "won"
    assert shop.v1.refunds.create({"charge": charge.id, "amount": 1}).status == "succeeded"
    assert shop.events()[-6:-2] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


def test_giving_in_to_a_dispute_loses_it(shop: Shop, charge: stripe.Charge):
    dispute = shop.control.dispute(charge=charge.id, amount=1000)
    assert shop.v1.disputes.close(dispute["id"]).status == "lost"
    assert shop.v1.disputes.list({"charge": charge.id}).data[0].amount == 1000
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        shop.v1.disputes.close(dispute["id"])
