"""Customers: one an organization, named as it is named."""

from datetime import timedelta

import pytest

from app.domain.billing.biller import BillerAway, NoSuchObject
from tests.adapters.stripe.account import MODE


def test_an_organization_is_one_customer_however_often_it_is_asked_for(account):
    first = account.biller.customer("org_1", "Ada's", "ada@example.com")
    again = account.biller.customer("org_1", "Ada & Co", "eve@example.com")
    other = account.biller.customer("org_2", "Bob's", None)
    [one] = [each for each in account.v1.customers.list().data if each.id == first]
    assert (first == again, first == other) == (True, False)
    assert (one.name, one.email) == ("Ada & Co", "eve@example.com")
    assert one.metadata.to_dict() == {"organization_id": "org_1"}
    assert account.calls("/v1/customers")[0]["key"] == f"acct:org_1:{MODE}:customer"


def test_an_organization_whose_customer_was_deleted_gets_another(account):
    first = account.customer()
    account.v1.customers.delete(first)
    second, again = (account.customer() for _ in range(2))
    assert (first == second, second == again) == (False, True)
    assert [each.id for each in account.v1.customers.list().data] == [second]


def test_a_customer_is_renamed_back_and_forth(account):
    customer = account.customer()
    for name, email in (("B", "b@example.com"), ("A", None), ("B", "b@example.com")):
        account.biller.rename(customer, name, email)
        seen = account.v1.customers.retrieve(customer)
        assert (seen.name, seen.email) == (name, email)


def test_nobody_is_renamed_whom_stripe_does_not_know(account):
    with pytest.raises(NoSuchObject):
        account.biller.rename("cus_x", "A", None)


def test_a_deleted_customer_has_no_subscriptions_to_list(account):
    plan = account.subscribed()
    account.v1.customers.delete(plan.customer_id)
    with pytest.raises(NoSuchObject):
        account.biller.subscriptions(plan.customer_id)


def test_a_customer_of_another_mode_is_none_of_ours(account):
    with pytest.raises(BillerAway, match="another mode"):
        account.made("stripe_live").customer("org_1", "Ada's", None)


def test_the_portal_is_opened_with_our_configuration_and_leads_back_to_us(account):
    customer = account.customer()
    biller = account.made(portal_configuration=lambda: account.ids["portal"])
    first, second = (biller.portal(customer, "https://polis.example/b") for _ in range(2))
    visits = account.control.dump()["things"]["billing_portal.session"].values()
    assert first != second
    assert {each["return_url"] for each in visits} == {"https://polis.example/b"}
    assert {each["configuration"] for each in visits} == {account.ids["portal"]}


def test_without_a_configuration_of_ours_the_accounts_own_serves(account):
    assert account.biller.portal(account.customer(), "https://polis.example/b")


def test_overage_is_counted_once_by_its_entry(account):
    plan, now = account.subscribed(), account.now()
    for _ in range(2):
        account.biller.report_usage(plan.customer_id, 100, "ent_1", now)
    account.pass_days(0, hours=1)
    account.control.advance(seconds=1)
    account.biller.report_usage(plan.customer_id, 20, "ent_2", account.now())
    counted = account.control.dump()["things"]["billing.meter_event"].values()
    assert [each["payload"]["value"] for each in counted] == ["100", "20"]


def test_a_count_stripe_has_under_another_key_is_counted_too(account):
    plan, now = account.subscribed(), account.now()
    account.biller.report_usage(plan.customer_id, 100, "ent_1", now)
    account.biller.report_usage(plan.customer_id, 100, "ent_1", now + timedelta(seconds=1))
    assert len(account.control.dump()["things"]["billing.meter_event"]) == 1


def test_overage_older_than_the_meter_remembers_is_refused(account):
    plan = account.subscribed()
    with pytest.raises(BillerAway) as refused:
        account.biller.report_usage(plan.customer_id, 1, "ent_1", account.now() - timedelta(40))
    assert refused.value.reason == "timestamp_too_far_in_past"
