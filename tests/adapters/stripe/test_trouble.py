"""Trouble on the wire: tried again with the same key, or said in our words; never the key itself."""

import subprocess
import sys
import traceback

import pytest

from app.domain.billing.biller import BillerAway, NoSuchObject, PaymentDeclined
from tests.apart import ROOT
from tests.fake_stripe.process import FakeStripe

PACK = "pack:small"


def customers(account):
    return account.v1.customers.list({"limit": 100}).data


def told(refused):
    return "".join(traceback.format_exception(refused.value)) + refused.value.hint


@pytest.mark.parametrize("kind", ["500", "409", "reset"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_trouble_is_tried_again_under_the_same_key(account, kind, when):
    account.control.fault(kind=kind, method="POST", path="/v1/customers", when=when)
    assert account.customer()
    assert len(customers(account)) == 1
    assert len({each["key"] for each in account.calls("/v1/customers")}) == 1


def test_a_call_without_an_answer_is_tried_again(account):
    account.control.fault(kind="timeout", method="POST", path="/v1/customers", when="after")
    assert account.made(timeout_s=1).customer("org_1", "Ada's", None)
    assert len(customers(account)) == 1


@pytest.mark.parametrize("kind", ["500", "429", "401", "403", "reset"])
def test_trouble_that_stays_is_the_provider_away(account, kind):
    account.control.fault(kind=kind, method="POST", path="/v1/customers", times=9)
    with pytest.raises(BillerAway) as away:
        account.customer()
    account.control.let_calls_go()
    assert account.customer()
    assert away.value.message.endswith(".")
    assert away.value.hint
    assert "fakefake" not in told(away)


def test_nobody_at_the_address_is_the_provider_away(account):
    with pytest.raises(BillerAway):
        account.made(api_base="http://127.0.0.1:9").customer("org_1", "Ada's", None)


def test_a_key_stripe_does_not_accept_is_said_to_the_operator(fake_stripe: FakeStripe, account):
    account.control.fault(kind="401", path="/v1/subscriptions*")
    with pytest.raises(BillerAway, match="does not accept the key") as away:
        account.biller.subscriptions("cus_x")
    assert "POLIS_STRIPE_SECRET_KEY" in away.value.hint


def test_a_bank_that_says_no_is_a_decline(account):
    account.control.fault(kind="402", method="POST", path="/v1/subscriptions/*")
    plan = account.subscribed()
    with pytest.raises(PaymentDeclined):
        account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())


def test_a_lost_page_is_found_again_by_its_purchase(account):
    account.customer()
    account.control.fault(kind="reset", path="/v1/checkout/sessions", when="after", times=3)
    with pytest.raises(BillerAway):
        account.opened(PACK)
    page = account.opened(PACK)
    assert len(account.v1.checkout.sessions.list().data) == 1
    assert page.status == "open"


def test_a_missing_parameter_of_ours_is_not_a_missing_object(account):
    with pytest.raises(NoSuchObject):
        account.biller.portal("cus_x", "https://polis.example")
    with pytest.raises(BillerAway):
        account.biller.rename(account.customer(), "Ada's", "no address")


def test_every_call_of_ours_brings_a_key_of_its_own(account):
    plan = account.subscribed()
    account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    account.biller.end_at_end(plan.id)
    account.biller.keep(plan.id)
    account.biller.report_usage(plan.customer_id, 1, "ent_1", account.now())
    account.biller.portal(plan.customer_id, "https://polis.example")
    account.biller.end_now(plan.id, refund=True)
    calls = [each for each in account.control.calls()["data"] if each["method"] == "POST"]
    keys = [each["key"] for each in calls]
    assert {each["status"] for each in calls} == {200}
    assert len(set(keys)) == len(keys)


def test_what_stripe_refuses_is_not_taken_for_done(account):
    page = account.opened(PACK)
    account.control.fault(kind="400", method="POST", path="/v1/checkout/*", times=2)
    with pytest.raises(BillerAway):
        account.opened(PACK, page.customer_id, purchase_id="pur_2")
    with pytest.raises(BillerAway):
        account.biller.close_checkout(page.id)
    assert account.biller.checkout(page.id).status == "open"


def test_a_proxy_of_the_environment_sees_none_of_our_calls(account, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert account.customer()


def test_the_sdk_is_imported_when_stripe_is_asked_and_not_before():
    script = (
        "import sys; from app.adapters.stripe import StripeBiller; "
        "StripeBiller('sk_test_x', (('whsec_x', 'stripe_test'),), 'stripe_test'); "
        "print({'stripe', 'requests'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "set()\n", done.stderr
