"""Pages to pay at that come to nothing, or come too late: told so, and bought anew at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import suspending
from app.domain.billing import winding
from app.models.accounts import Organization
from app.models.billing import Purchase
from tests.tools.installation import running
from tests.web.member import signed_in


def ending(world, *, followed: bool = True, **facts) -> None:
    """The organization is to end; nothing follows from it yet where its pages could not be ended."""
    with world.in_time(), world.services.transaction() as session:
        its = session.get_one(Organization, world.who.organization_id)
        for name, value in facts.items():
            setattr(its, name, value)
        if followed:
            winding.follow(session, its.id, world.now)


def test_a_bank_that_does_not_pay_is_told_of_and_the_same_is_bought_anew_at_once(world):
    first = world.open("pack:small")
    world.press(first, "later")
    world.control.settle(session=first, succeeds=False)
    assert world.returned() == "failed"
    second = world.buy("pack:small")  # before anybody has told us
    assert second != first
    world.hear()
    assert world.standing().packs == 1_000


def test_what_a_bank_did_not_pay_is_bought_anew_after_its_notice_too(world):
    first = world.open("pack:small")
    world.press(first, "later")
    world.control.settle(session=first, succeeds=False)
    world.hear()
    assert world.returned() == "failed"
    assert world.open("pack:small") != first


def test_a_plan_whose_bank_does_not_pay_is_told_of(world):
    page = world.open("plan:starter")
    world.press(page, "later")
    assert world.returned() == "waiting"
    world.control.settle(session=page, succeeds=False)
    assert world.returned() == "failed"


def test_while_a_bank_is_paying_the_same_is_not_bought_twice(world):
    first = world.open("pack:small")
    world.press(first, "later")
    assert world.open("pack:small") == first
    assert world.returned() == "waiting"


def test_a_page_that_was_ended_at_stripe_is_not_handed_out_again(world):
    first = world.open("pack:small")
    world.v1.checkout.sessions.expire(first, {}, {"idempotency_key": "by hand"})
    second = world.buy("pack:small")
    world.hear()
    assert second != first
    assert world.standing().packs == 1_000


def test_a_plan_page_that_we_ended_ourselves_is_not_handed_out_again(world):
    first = world.open("plan:pro")
    world.buy("plan:starter")
    world.hear()
    world.services.biller().end_now(world.subscription_id, refund=False)
    world.hear()
    assert world.figures[0] == "trial"
    second = world.buy("plan:pro")
    world.hear()
    assert second != first
    assert world.figures == ("pro", "active", 12_500, 0)


def test_a_plan_page_whose_money_went_back_is_not_handed_out_again(world):
    _, second = world.pay_two_plans()
    world.services.biller().end_now(world.account().subscription_id, refund=False)
    world.hear()
    assert world.open("plan:pro") != second


def test_the_page_one_comes_back_to_says_that_the_bank_did_not_pay(world):
    with world.in_time(), running(world.services) as polis:
        payer = signed_in(polis, "kim@example.com", world.services.settings.base_url)
        world.who = payer.who
        page = world.open("pack:small")
        world.press(page, "later")
        world.control.settle(session=page, succeeds=False)
        with world.services.database.reading() as session:
            purchase_id = session.scalar(select(Purchase.id))
        shown = payer.open(f"/app/billing/return?purchase={purchase_id}")
    assert "The bank did not pay." in shown.text
    assert "Under Billing you can pay again at once" in shown.text


def test_a_first_plan_that_a_credit_covers_is_paid(world):
    world.open("plan:starter")
    world.v1.customers.update(world.customer_id, {"balance": -2_000}, {"idempotency_key": "credit"})
    page = world.buy("plan:starter")
    assert world.v1.checkout.sessions.retrieve(page).payment_status == "no_payment_required"
    assert world.returned() == "confirming"
    world.hear()
    assert world.returned() == "paid"
    assert world.figures == ("starter", "active", 4_000, 0)


@pytest.mark.parametrize("item", ["plan:starter", "pack:small"])
def test_pages_that_are_open_when_an_organization_is_deleted_are_ended(world, item):
    page = world.open(item)
    ending(world, deletion_due_at=world.now + timedelta(days=7))
    world.work()
    assert world.v1.checkout.sessions.retrieve(page).status == "expired"


@pytest.mark.parametrize("item", ["plan:starter", "pack:small"])
def test_pages_that_are_open_when_an_organization_is_suspended_are_ended(world, item):
    page, whose = world.open(item), world.who.organization_id
    with world.in_time(), world.services.transaction() as session:
        suspending.suspend(session, whose, "", world.now)
    world.work()
    assert world.v1.checkout.sessions.retrieve(page).status == "expired"
    with world.in_time(), world.services.transaction() as session:
        suspending.resume(session, whose, world.now)
    assert world.open(item) != page


def test_a_plan_does_not_renew_while_a_page_of_its_organization_cannot_be_ended(world):
    world.buy("plan:starter")
    world.hear()
    first, second = world.open("pack:small"), world.open("pack:medium")
    world.control.fault(kind="400", method="POST", path=f"/v1/checkout/sessions/{first}/*")
    ending(world, deletion_due_at=world.now + timedelta(days=7))
    world.work()
    assert world.account().cancels_at == world.account().renews_at
    found = [world.v1.checkout.sessions.retrieve(each).status for each in (first, second)]
    assert found == ["open", "expired"]
    world.pass_days(1 / 24)
    world.work()
    assert world.v1.checkout.sessions.retrieve(first).status == "expired"


def test_a_page_that_was_ended_counts_no_more_among_what_strangers_may_buy_at_first(world):
    first = world.open("pack:large", by_owner=False)
    world.v1.checkout.sessions.expire(first, {}, {"idempotency_key": "by hand"})
    assert world.open("pack:large", by_owner=False) != first


def test_a_plan_paid_for_while_its_organization_is_being_deleted_does_not_renew(world):
    page = world.open("plan:starter")
    ending(world, followed=False, deletion_due_at=world.now + timedelta(days=7))
    world.press(page)
    world.hear()
    assert world.account().cancels_at == world.account().renews_at
    assert world.figures == ("starter", "active", 4_000, 0)


def test_a_plan_paid_for_after_its_organization_is_gone_ends_at_once(world):
    page = world.open("plan:starter")
    ending(world, followed=False, deleted_at=world.now)
    world.press(page)
    world.hear()
    assert world.account().status == "canceled"
