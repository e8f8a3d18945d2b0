"""Each trap of Stripe (ecosystem.md §5), through the real SDK, the real webhook and a worker."""

from datetime import timedelta

import pytest
import requests

from app.domain import plans
from app.domain.billing.standing import GRACE, RENEWING
from app.errors import Conflict
from app.worker import accounting
from tests.fake_stripe.selling import visit

DAY = timedelta(days=1)
HOUR = 1 / 24


def test_a_pack_is_granted_when_its_page_is_paid_and_not_before(world):
    page = world.open("pack:small")
    world.hear()
    assert world.standing().packs == 0
    world.press(page)
    assert world.standing().packs == 0  # nobody has told us yet
    world.hear()
    assert world.standing().packs == 1_000


def test_a_notice_is_answered_without_asking_stripe_anything(world):
    world.buy("pack:small")
    asked = len(world.control.calls()["data"])
    assert {each["status"] for each in world.deliver()} == {200}
    assert len(world.control.calls()["data"]) == asked
    world.work()
    assert len(world.control.calls()["data"]) > asked


def test_duplicates_change_nothing(world):
    world.buy("pack:small")
    world.deliver(times=3)
    world.work()
    for notice in {each.id for each in world.notices()}:
        with world.in_time():
            world.control.resend(event=notice, times=2, at=world.control.now()["now"])
    world.work()
    assert world.standing().packs == 1_000
    assert len(world.payments()) == 1


def test_two_events_for_one_fact_pay_once(world):
    world.buy("plan:starter")
    world.hear()
    kinds = {each.kind for each in world.notices()}
    assert {"checkout.session.completed", "invoice.paid"} <= kinds
    assert world.figures == ("starter", "active", 4_000, 0)
    assert [each.cause.partition(":")[0] for each in world.payments()] == ["invoice"]


def test_a_slow_payment_brings_its_tokens_when_it_arrives(world):
    page = world.open("pack:small")
    world.press(page, "later")
    world.hear()
    assert world.standing().packs == 0
    world.control.settle(session=page)
    world.hear()
    assert world.standing().packs == 1_000


def test_a_slow_payment_that_fails_brings_nothing(world):
    page = world.open("pack:small")
    world.press(page, "later")
    world.control.settle(session=page, succeeds=False)
    world.hear()
    assert world.standing().packs == 0


def test_whoever_is_back_before_the_notice_is_told_to_wait_and_gets_nothing_by_it(world):
    world.buy("pack:small")
    assert world.returned() == "confirming"
    assert world.standing().packs == 0
    world.work()  # having come back, it is read sooner than its notice comes
    assert (world.standing().packs, world.returned()) == (1_000, "paid")
    world.hear()
    assert world.standing().packs == 1_000


@pytest.mark.parametrize("by_owner", [True, False])
def test_only_an_owner_who_signed_in_may_pay_from_a_bank(world, by_owner):
    page = world.v1.checkout.sessions.retrieve(world.open("pack:small", by_owner=by_owner))
    assert visit(str(page.url), action="later")[0] == (303 if by_owner else 400)


def test_whoever_is_back_while_a_bank_transfer_is_on_its_way_is_told_so(world):
    world.press(world.open("pack:small"), "later")
    assert world.returned() == "waiting"


@pytest.mark.parametrize(
    "facts",
    [
        {"secret": "wrong"}, {"secret": "none"}, {"at": 1},
        {"at": 4_000_000_000}, {"livemode": True},
    ],
)  # fmt: skip
def test_a_notice_that_is_not_ours_to_believe_is_refused(world, facts):
    world.buy("pack:small")
    sent = world.deliver(**facts)
    assert {each["status"] for each in sent} == {400}
    world.work()
    assert world.standing().packs == 0
    refused = [each for each in world.notices() if each.state == "refused"]
    assert bool(refused) is (facts == {"livemode": True})  # signed well, and written down


def test_what_turns_out_to_be_of_another_mode_is_refused_and_may_come_again(world):
    world.buy("pack:small")
    world.deliver()
    world.control.of_mode(live=True)
    world.work()
    assert world.standing().packs == 0
    subjects = [each for each in world.notices() if each.subject is not None]
    assert {each.state for each in subjects} == {"refused"}
    assert {each.note for each in subjects} == {
        "The key of Stripe is of another mode than this installation."
    }
    world.control.of_mode(live=False)
    for each in subjects:
        world.control.resend(event=each.id)
    world.work()
    assert world.standing().packs == 1_000


def test_a_body_longer_than_any_notice_is_refused(world):
    assert world_post(world, b"{" + b" " * (256 * 1024) + b"}") == 413


def test_a_notice_that_was_refused_may_still_come_rightly(world):
    world.buy("pack:small")
    world.deliver(livemode=True)
    world.hear()
    assert world.standing().packs == 1_000


def test_while_a_secret_is_rolled_both_are_good(world):
    (endpoint,) = world.v1.webhook_endpoints.list().data
    new = world.control.roll(endpoint=endpoint.id)["secret"]
    world.buy("pack:small")
    assert {each["status"] for each in world.deliver(secret="newest")} == {400}
    with world.knowing(new):
        assert {each["status"] for each in world.deliver(secret="newest")} == {200}
    world.work()
    assert world.standing().packs == 1_000


def test_a_renewal_begins_a_period_and_the_overage_of_the_last_is_on_its_invoice(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.spend(200, delivered=120)
    world.work()
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    its = world.standing()
    assert (its.included, its.overage_micros) == (4_000, 0)
    newest = world.services.biller().invoices(world.customer_id)[0]
    assert newest.usd_micros == 20 * plans.MICROS + 120 * 5_000


def test_a_plan_cancelled_at_stripes_own_page_ends_with_its_period(world):
    world.buy("plan:starter")
    world.hear()
    portal = world.services.biller().portal(world.customer_id, "http://127.0.0.1/back")
    assert visit(portal, action="cancel", subscription=world.subscription_id)[0] == 303
    world.hear()
    assert world.account().cancels_at == world.account().renews_at
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    assert world.figures == ("trial", "trialing", 0, 0)


def test_a_failed_payment_stops_overage_and_leaves_what_was_there_for_seven_days(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(1_000)
    world.control.decline(customer=world.customer_id)
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    its, account = world.standing(), world.account()
    assert world.figures == ("starter", "past_due", 3_000, 0)
    assert its.overage_room == 0
    assert account.open_invoice_id is not None
    assert its.usable_until == account.failing_since + GRACE
    world.pass_days(7)
    assert world.figures[1:3] == ("inactive", 0)


def test_a_payment_that_comes_in_after_all_brings_the_plan_back(world):
    world.buy("plan:starter")
    world.hear()
    world.control.decline(customer=world.customer_id)
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    world.control.decline(customer=world.customer_id, code=None)
    world.v1_pay(world.account().open_invoice_id)
    world.hear()
    assert world.figures == ("starter", "active", 4_000, 0)
    assert world.account().failing_since is None


def test_a_plan_that_is_given_up_by_stripe_goes_and_leaves_packs(world):
    world.buy("pack:small")
    world.buy("plan:starter")
    world.hear()
    world.control.decline(customer=world.customer_id)
    world.pass_days(60)
    world.hear()
    assert world.figures == ("trial", "trialing", 0, 1_000)


def test_an_upgrade_is_paid_at_once_and_brings_tokens_as_money(world):
    world.buy("plan:starter")
    world.hear()
    world.pass_days(14)
    world.change_now("pro")
    world.hear()
    plan, status, included, _ = world.figures
    assert (plan, status) == ("pro", "active")
    assert included == 4_000 + (12_500 - 4_000) // 2
    assert world.standing().cap_micros == 50 * plans.MICROS


def test_a_declined_upgrade_leaves_the_plan_and_the_tokens(world):
    world.buy("plan:starter")
    world.hear()
    world.control.decline(customer=world.customer_id)
    with pytest.raises(world.declined):
        world.change_now("pro")
    world.hear()
    assert world.figures == ("starter", "active", 4_000, 0)


def test_a_downgrade_comes_with_the_next_period(world):
    world.buy("plan:pro")
    world.hear()
    world.change_at_end("starter")
    world.hear()
    assert world.figures == ("pro", "active", 12_500, 0)
    assert world.account().next_plan == "starter"
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    assert world.figures == ("starter", "active", 4_000, 0)


def test_a_plan_cancelled_in_the_portal_ends_with_its_period(world):
    world.buy("plan:starter")
    world.hear()
    world.services.biller().end_at_end(world.subscription_id)
    world.hear()
    account = world.account()
    assert account.cancels_at == account.renews_at
    assert world.standing().usable_until is None
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    assert world.figures == ("trial", "trialing", 0, 0)


def test_a_second_subscription_ends_at_once_and_is_paid_back(world):
    _, second = world.pay_two_plans()
    assert world.figures == ("starter", "active", 4_000, 0)
    charge = world.v1.charges.retrieve(world.charge_of(second))
    assert charge.amount_refunded == charge.amount


def test_whoever_had_a_plan_may_have_one_again(world):
    world.buy("plan:starter")
    world.hear()
    world.services.biller().end_now(world.subscription_id, refund=False)
    world.hear()
    assert world.figures[0] == "trial"
    world.pass_days(40)
    world.buy("plan:pro")
    world.hear()
    assert world.figures == ("pro", "active", 12_500, 0)


def test_an_invoice_paid_after_its_plan_was_given_up_brings_tokens_to_keep(world):
    world.buy("plan:starter")
    world.hear()
    world.control.decline(customer=world.customer_id)
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    invoice_id = world.account().open_invoice_id
    world.services.biller().end_now(world.subscription_id, refund=False)
    world.hear()
    world.control.decline(customer=world.customer_id, code=None)
    world.v1_pay(invoice_id)
    world.hear()
    assert world.figures == ("trial", "trialing", 0, 4_000)


def test_overage_of_a_deleted_customer_waits_until_the_deletion_was_heard_of(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.v1.customers.delete(world.customer_id)
    world.spend(200)
    for _ in range(8):
        world.work()
        world.pass_days(HOUR)
    assert len(world.usage_waiting()) == 1
    world.hear()
    world.pass_days(1)
    world.work()
    assert world.usage_waiting() == []


def test_a_deleted_customer_has_no_plan_and_its_refunds_count(world):
    page = world.buy("pack:small")
    world.buy("plan:starter")
    world.hear()
    charge = world.charge_of(page)
    world.v1.customers.delete(world.customer_id)
    world.hear()
    assert world.figures == ("trial", "trialing", 0, 1_000)
    world.control.refund(charge=charge)
    world.hear()
    assert world.standing().packs == 0


def test_a_page_nobody_told_of_is_found(world):
    world.buy("pack:small")
    world.pass_days(2)
    with world.in_time():
        accounting.all_of_it(world.services)
    world.work()
    assert world.standing().packs == 1_000


def test_links_sell_no_more_in_the_first_days_by_a_page_that_is_opened_late(world):
    """Stripe keeps a page open for half an hour at least, so it may outlive its purchase."""
    till, organization_id = world.services.till, world.who.organization_id

    def offered() -> str:
        with world.in_time():
            return till.offer(organization_id, "pack:large", world.now, by_owner=False)

    purchase_id = offered()
    world.pass_days(23 * HOUR - HOUR / 60)
    with world.in_time():
        page = till.page(purchase_id, "http://127.0.0.1/back")
    world.pass_days(HOUR / 4)
    with pytest.raises(Conflict):
        offered()
    world.press(page.id)
    world.hear()
    assert world.standing().packs == 12_500


def test_an_organization_is_one_customer_whoever_asks_first(world):
    with world.in_time():
        made = {world.services.till.customer(world.who.organization_id) for _ in range(3)}
    assert len(made) == 1
    assert len(world.v1.customers.list().data) == 1


def test_stripe_away_for_an_hour_loses_nothing(world):
    world.buy("pack:small")
    world.deliver()
    world.control.fault(kind="503", times=1_000)
    world.work()
    assert world.standing().packs == 0
    world.control.let_calls_go()
    world.control.advance(seconds=3_600)
    world.work()
    assert world.standing().packs == 1_000


def test_a_renewal_is_found_without_any_notice(world):
    world.buy("plan:starter")
    world.hear()
    world.pass_days(28 + 4 * HOUR)
    with world.in_time():
        accounting.all_of_it(world.services)
    world.work()
    assert world.standing().included == 4_000
    assert world.standing().usable_until == world.standing().period_end + RENEWING


def world_post(world, body):
    url = f"{world.services.settings.base_url}/webhooks/stripe"
    session = requests.Session()
    session.trust_env = False
    with session:
        return session.post(url, data=body, timeout=20).status_code
