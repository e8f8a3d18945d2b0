"""Invoices and payments: what was billed, what came in, what went back."""

import pytest

from app.domain.billing.biller import NoSuchObject, NotOurMoney
from app.domain.billing.records import Dispute
from tests.adapters.stripe.account import DOLLAR

CENT = 10_000
KEY = {"idempotency_key": "of the test"}


def bought(account):
    page = account.bought("pack:large")
    return page, account.charge_of(str(page.payment_id))


def test_an_invoice_of_a_plan_is_found_by_its_new_links(account):
    plan = account.subscribed()
    [listed] = account.biller.invoices(plan.customer_id)
    bill = account.biller.invoice(listed.id)
    assert (bill.subscription_id, bill.status) == (plan.id, "paid")
    assert (bill.usd_micros, bill.paid_at, bill.made_at) == (
        20 * DOLLAR,
        account.now(),
        account.now(),
    )
    assert bill.lines[0]._asdict() == {
        "price_id": account.ids["plan:starter"],
        "usd_micros": 20 * DOLLAR,
        "start": plan.start,
        "end": plan.end,
        "proration": False,
    }
    assert account.biller.paid(str(bill.payment_id)).customer_id == plan.customer_id
    assert bill.url == f"{account.fake.base}/i/{bill.id}"
    assert bill.pdf_url == f"{account.fake.base}/i/{bill.id}/pdf"
    assert bill.number
    assert listed == bill._replace(lines=())


def test_overage_is_billed_to_the_cent_behind_its_period(account):
    plan = account.subscribed()
    account.biller.report_usage(plan.customer_id, 1501, "ent_1", account.now())
    account.control.advance(to=account.bills(plan)[0].created + 40 * 86400)
    month, usage = account.biller.invoice(account.bills(plan)[0].id).lines
    assert (month.usd_micros, usage.usd_micros) == (20 * DOLLAR, 751 * CENT)
    assert (usage.price_id, usage.end) == (account.ids["overage:starter"], plan.end)


def test_money_of_another_currency_is_none_of_ours(account):
    customer = account.customer()
    bill = account.v1.invoices.create({"customer": customer, "currency": "jpy"}, KEY).id
    with pytest.raises(NotOurMoney, match="money in jpy"):
        account.biller.invoice(bill)
    assert account.biller.invoices(customer) == []


def test_invoices_come_newest_first(account):
    plan = account.subscribed()
    account.pass_days(62)
    made = [bill.made_at for bill in account.biller.invoices(plan.customer_id)]
    assert len(made) == 3
    assert made == sorted(made, reverse=True)


def test_every_line_of_a_long_invoice_is_read(account):
    customer = account.customer()
    v1 = account.v1
    bill = v1.invoices.create({"customer": customer}, KEY).id
    item = {"customer": customer, "invoice": bill, "amount": 1, "currency": "usd"}
    for number in range(101):
        v1.invoice_items.create(item, {"idempotency_key": f"line {number}"})
    read = account.biller.invoice(bill)
    assert (len(read.lines), read.usd_micros, read.status) == (101, 101 * CENT, "draft")
    assert (read.number, read.paid_at, read.payment_id, read.url) == (None,) * 4


def test_a_payment_knows_what_of_it_went_back(account):
    page, charge = bought(account)
    account.control.refund(charge=charge, amount=100)
    account.control.refund(charge=charge, amount=250)
    paid = account.biller.paid(str(page.payment_id))
    assert (paid.usd_micros, paid.customer_id, paid.dispute) == (
        50 * DOLLAR,
        page.customer_id,
        None,
    )
    assert sorted(each.usd_micros for each in paid.refunds) == [DOLLAR, DOLLAR * 5 // 2]
    assert {each.made_at for each in paid.refunds} == {account.now()}


WHOLE = 50 * DOLLAR  # what `bought` costs


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_dispute_is_open_until_the_bank_decides(account, outcome):
    page, charge = bought(account)
    made = account.control.dispute(charge=charge)["id"]
    assert account.biller.paid(str(page.payment_id)).dispute == Dispute(made, "open", WHOLE)
    account.control.close_dispute(dispute=made, outcome=outcome)
    assert account.biller.paid(str(page.payment_id)).dispute == Dispute(made, outcome, WHOLE)


def test_what_stripe_does_not_know_is_not_found(account):
    for ask in (account.biller.paid, account.biller.invoice, account.biller.subscription):
        with pytest.raises(NoSuchObject):
            ask("x_1")
