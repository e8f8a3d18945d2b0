"""Ending at once: with its usage billed, or with all its money back."""

import pytest

from app.domain.billing.biller import BillerAway, NoSuchObject
from tests.adapters.stripe.account import DOLLAR
from tests.fake_stripe.selling import visit


@pytest.fixture
def plan(account):
    return account.subscribed("starter")


def refunds(account, plan):
    return [
        refund.usd_micros
        for bill in account.biller.invoices(plan.customer_id)
        if bill.payment_id
        for refund in account.biller.paid(bill.payment_id).refunds
    ]


def test_an_end_bills_the_overage_that_was_used(account, plan):
    account.biller.report_usage(plan.customer_id, 1000, "ent_1", account.now())
    account.control.advance(seconds=60)
    for _ in range(2):
        account.biller.end_now(plan.id, refund=False)
    account.pass_days(1)
    assert account.again(plan).status == "canceled"
    assert [bill.total for bill in account.bills(plan)] == [500, 2000]
    assert refunds(account, plan) == []


def test_a_second_subscription_is_ended_and_given_back_once(account, plan):
    customer = plan.customer_id
    second = account.subscribed("pro", customer_id=customer, purchase_id="pur_2")
    account.biller.report_usage(customer, 1000, "ent_1", account.now())
    for _ in range(3):
        account.biller.end_now(second.id, refund=True)
    account.pass_days(2)
    assert [account.again(each).status for each in (second, plan)] == ["canceled", "active"]
    assert refunds(account, plan) == [50 * DOLLAR]
    assert [bill.total for bill in account.bills(second)] == [5000]


def test_every_month_that_was_paid_is_given_back(account, plan):
    account.pass_days(63)  # two months have 62 days at most
    account.biller.end_now(plan.id, refund=True)
    assert refunds(account, plan) == [20 * DOLLAR] * 3


def test_what_went_back_already_is_left_alone_and_the_rest_follows(account, plan):
    [bill] = account.biller.invoices(plan.customer_id)
    account.control.refund(charge=account.charge_of(str(bill.payment_id)), amount=500)
    account.biller.end_now(plan.id, refund=True)
    assert sorted(refunds(account, plan)) == [5 * DOLLAR, 15 * DOLLAR]


def test_what_a_bank_took_back_is_not_given_back_again(account, plan):
    [bill] = account.biller.invoices(plan.customer_id)
    account.control.dispute(charge=account.charge_of(str(bill.payment_id)))
    account.biller.end_now(plan.id, refund=True)
    assert (account.again(plan).status, refunds(account, plan)) == ("canceled", [])


def test_what_was_not_paid_yet_cannot_be_paid_any_more(account, plan):
    account.control.decline(customer=plan.customer_id)
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    account.biller.end_now(plan.id, refund=True)
    assert [bill.status for bill in account.bills(plan)] == ["void", "paid"]
    visit(str(account.bills(plan)[0].hosted_invoice_url), card="pm_card_visa")
    assert account.bills(plan)[0].status == "void"
    assert refunds(account, plan) == [20 * DOLLAR]


def test_a_refund_whose_answer_is_lost_goes_out_once(account, plan):
    account.control.fault(kind="500", path="/v1/refunds", when="after")
    account.biller.end_now(plan.id, refund=True)
    assert refunds(account, plan) == [20 * DOLLAR]


def test_a_refund_that_fails_is_made_when_asked_again(account, plan):
    account.control.fault(kind="429", path="/v1/refunds", method="POST")
    with pytest.raises(BillerAway):
        account.biller.end_now(plan.id, refund=True)
    account.biller.end_now(plan.id, refund=True)
    assert refunds(account, plan) == [20 * DOLLAR]


def test_a_refund_stripe_refuses_is_no_success(account, plan):
    account.control.fault(kind="400", path="/v1/refunds", method="POST")
    with pytest.raises(BillerAway):
        account.biller.end_now(plan.id, refund=True)


def test_what_another_ended_meanwhile_is_ended(account, plan):
    account.control.fault(kind="404", path=f"/v1/subscriptions/{plan.id}", method="DELETE")
    account.biller.end_now(plan.id, refund=True)
    assert refunds(account, plan) == [20 * DOLLAR]


def test_what_nobody_began_cannot_end(account):
    with pytest.raises(NoSuchObject):
        account.biller.end_now("sub_x", refund=True)
