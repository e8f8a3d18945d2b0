"""Changing a plan: paid for at once or not at all, or with the next period; ending, and keeping."""

from datetime import timedelta

import pytest

from app.domain.billing.biller import NoSuchObject, PaymentDeclined
from app.errors import Conflict
from tests.adapters.stripe.account import DOLLAR
from tests.fake_stripe.selling import visit

CENT = 10_000


@pytest.fixture
def plan(account):
    return account.subscribed("starter")


def held(account, plan):
    return [
        (item.id, item.price.id) for item in account.v1.subscriptions.retrieve(plan.id).items.data
    ]


def prices_of(account, *names):
    return [account.ids[f"{kind}:{name}"] for name in names for kind in ("plan", "overage")]


def test_an_upgrade_costs_what_its_preview_said_and_keeps_its_items(account, plan):
    before = held(account, plan)
    account.pass_days(10)
    prices = account.prices("plan:pro")
    told = account.biller.preview(plan.id, prices, account.now())
    account.pass_days(1)
    account.biller.change_now(plan.id, prices, told.at)
    after = held(account, plan)
    paid = account.biller.invoice(account.bills(plan)[0].id)
    assert [item for item, _ in after] == [item for item, _ in before]
    assert [price for _, price in after] == prices_of(account, "pro")
    assert (paid.status, paid.usd_micros) == ("paid", told.due_micros)
    assert 0 < told.due_micros < 30 * DOLLAR
    assert (told.next_micros, told.next_at) == (50 * DOLLAR, plan.end)
    assert [line.proration for line in paid.lines] == [True, True]
    assert {line.start for line in paid.lines} == {told.at}


def test_a_preview_changes_nothing_and_a_downgrade_is_a_credit(account):
    plan = account.subscribed("scale")
    account.pass_days(10)
    told = account.biller.preview(plan.id, account.prices("plan:pro"), account.now())
    assert told.due_micros < -90 * DOLLAR
    assert account.again(plan) == plan


def test_credit_pays_before_a_card_does(account):
    plan = account.subscribed("pro")
    account.biller.change_now(plan.id, account.prices("plan:starter"), account.now())
    told = account.biller.preview(plan.id, account.prices("plan:pro"), account.now())
    assert told.due_micros == 0


@pytest.mark.parametrize(("days", "due"), [(-5, 30), (90, 0)])
def test_a_moment_outside_the_period_is_moved_into_it(account, plan, days, due):
    told = account.biller.preview(
        plan.id, account.prices("plan:pro"), account.now() + timedelta(days)
    )
    assert (told.due_micros, plan.start <= told.at <= plan.end) == (due * DOLLAR, True)


def test_an_upgrade_asked_for_twice_is_paid_once(account, plan):
    for _ in range(2):
        account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    assert len([bill for bill in account.bills(plan) if bill.total]) == 2


def test_a_declined_card_leaves_the_plan_and_nothing_to_pay(account, plan):
    account.biller.report_usage(plan.customer_id, 1000, "ent_1", account.now())
    account.pass_days(1)
    account.control.decline(customer=plan.customer_id)
    before = held(account, plan)
    with pytest.raises(PaymentDeclined) as declined:
        account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    seen = account.v1.subscriptions.retrieve(plan.id)
    assert declined.value.hint
    assert (held(account, plan), seen.pending_update) == (before, None)
    assert account.again(plan) == plan
    assert [bill.status for bill in account.bills(plan)] == ["paid"]
    account.control.decline(customer=plan.customer_id, code=None)
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    assert account.bills(plan)[0].total == 2000 + 500


def test_after_a_decline_another_card_pays_for_the_same_change(account, plan):
    prices, at = account.prices("plan:pro"), account.now()
    account.control.decline(customer=plan.customer_id)
    with pytest.raises(PaymentDeclined):
        account.biller.change_now(plan.id, prices, at)
    account.control.decline(customer=plan.customer_id, code=None)
    account.biller.change_now(plan.id, prices, at)
    assert account.again(plan).price_id == account.ids["plan:pro"]


def test_a_lost_answer_to_an_upgrade_charges_once(account, plan):
    account.control.fault(kind="reset", method="POST", path="/v1/subscriptions/*", when="after")
    account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    assert [bill.total for bill in account.bills(plan)] == [3000, 2000]
    first, second = account.calls(f"/v1/subscriptions/{plan.id}")
    assert first["key"] == second["key"]


def test_usage_so_far_is_billed_at_its_old_price_when_the_plan_changes(account, plan):
    account.biller.report_usage(plan.customer_id, 1000, "ent_1", account.now())
    account.pass_days(1)
    account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    lines = account.biller.invoice(account.bills(plan)[0].id).lines
    usage = [line for line in lines if line.price_id == account.ids["overage:starter"]]
    assert [line.usd_micros for line in usage] == [5 * DOLLAR]


def test_a_downgrade_comes_with_the_next_period(account):
    plan = account.subscribed("pro")
    items = [item for item, _ in held(account, plan)]
    account.biller.report_usage(plan.customer_id, 1000, "ent_1", account.now())
    for _ in range(2):
        account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    ahead = account.again(plan)
    assert (ahead.price_id, ahead.next_price_id, ahead.cancels_at) == (
        account.ids["plan:pro"],
        account.ids["plan:starter"],
        None,
    )
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    now = account.again(plan)
    assert (now.price_id, now.next_price_id) == (account.ids["plan:starter"], None)
    assert [item for item, _ in held(account, plan)] == items
    assert sum(bill.total for bill in account.bills(plan)) == 5000 + 2000 + 400
    account.pass_days(62)
    assert account.again(plan).price_id == account.ids["plan:starter"]
    assert account.v1.subscriptions.retrieve(plan.id).schedule is None


def test_a_downgrade_can_become_another(account):
    plan = account.subscribed("scale")
    for name in ("pro", "starter"):
        account.biller.change_at_end(plan.id, account.prices(f"plan:{name}"))
    assert account.again(plan).next_price_id == account.ids["plan:starter"]
    assert len(account.calls("/v1/subscription_schedules")) == 1


def test_a_downgrade_is_made_while_the_schedule_of_the_last_one_stands(account):
    plan = account.subscribed("scale")
    account.biller.change_at_end(plan.id, account.prices("plan:pro"))
    account.control.advance(to=int(plan.end.timestamp()) + 60)
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    now = account.again(plan)
    assert (now.price_id, now.next_price_id) == (
        account.ids["plan:pro"],
        account.ids["plan:starter"],
    )
    account.control.advance(to=int(now.end.timestamp()) + 3600)
    assert account.again(plan).price_id == account.ids["plan:starter"]


def test_choosing_the_plan_one_has_takes_a_downgrade_back(account):
    plan = account.subscribed("pro")
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    account.biller.change_at_end(plan.id, account.prices("plan:pro"))
    assert account.again(plan) == plan


def test_an_upgrade_now_takes_a_downgrade_back(account):
    plan = account.subscribed("pro")
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    account.biller.change_now(plan.id, account.prices("plan:scale"), account.now())
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    now = account.again(plan)
    assert (now.price_id, now.next_price_id) == (account.ids["plan:scale"], None)


def test_a_declined_upgrade_leaves_a_downgrade_standing(account):
    plan = account.subscribed("pro")
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    account.control.decline(customer=plan.customer_id)
    with pytest.raises(PaymentDeclined):
        account.biller.change_now(plan.id, account.prices("plan:scale"), account.now())
    assert account.again(plan).next_price_id == account.ids["plan:starter"]


@pytest.mark.parametrize("change", ["keep", "now", "at_end"])
def test_an_end_is_taken_back_by_going_on(account, plan, change):
    for _ in range(2):
        account.biller.end_at_end(plan.id)
    assert account.again(plan).cancels_at == plan.end
    prices = account.prices("plan:pro")
    {
        "keep": lambda: account.biller.keep(plan.id),
        "now": lambda: account.biller.change_now(plan.id, prices, account.now()),
        "at_end": lambda: account.biller.change_at_end(plan.id, prices),
    }[change]()
    assert account.again(plan).cancels_at is None
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    assert account.again(plan).status == "active"


def test_an_end_a_change_of_mind_and_an_end_again_end_it(account, plan):
    for _ in range(2):
        account.biller.end_at_end(plan.id)
        account.biller.keep(plan.id)
    account.biller.end_at_end(plan.id)
    account.biller.report_usage(plan.customer_id, 1000, "ent_1", account.now())
    account.control.advance(to=int(plan.end.timestamp()) + 7200)
    assert account.again(plan).status == "canceled"
    assert account.bills(plan)[0].total == 500


def test_an_end_takes_a_downgrade_back_and_is_taken_back_itself(account):
    plan = account.subscribed("pro")
    account.biller.change_at_end(plan.id, account.prices("plan:starter"))
    account.biller.end_at_end(plan.id)
    ends = account.again(plan)
    assert (ends.cancels_at, ends.next_price_id) == (plan.end, None)
    account.biller.keep(plan.id)
    assert account.again(plan) == plan


def test_an_end_somebody_set_by_hand_is_taken_back_too(account, plan):
    at = int((account.now() + timedelta(3)).timestamp())
    account.v1.subscriptions.update(plan.id, {"cancel_at": at}, {"idempotency_key": "by hand"})
    assert account.again(plan).cancels_at == account.now() + timedelta(3)
    account.biller.keep(plan.id)
    assert account.again(plan) == plan


def test_keeping_what_goes_on_changes_nothing(account, plan):
    account.biller.keep(plan.id)
    assert account.again(plan) == plan
    assert account.calls(f"/v1/subscriptions/{plan.id}") == []


def test_what_has_ended_is_not_changed_and_stays_ended(account, plan):
    account.biller.end_now(plan.id, refund=False)
    prices, at = account.prices("plan:pro"), account.now()
    for change in (
        lambda: account.biller.preview(plan.id, prices, at),
        lambda: account.biller.change_now(plan.id, prices, at),
        lambda: account.biller.change_at_end(plan.id, prices),
        lambda: account.biller.keep(plan.id),
    ):
        with pytest.raises(Conflict, match="has ended"):
            change()
    account.biller.end_at_end(plan.id)
    assert account.again(plan).status == "canceled"


def test_a_price_nobody_sells_is_not_found(account, plan):
    with pytest.raises(NoSuchObject):
        account.biller.change_now(plan.id, ("price_x",), account.now())


def test_a_plan_made_without_a_meter_gets_one_with_the_next(account):
    customer = account.customer()
    page = account.bought("plan:starter", customer, prices=account.prices("plan:starter")[:1])
    plan = account.biller.subscription(str(page.subscription_id))
    account.biller.change_now(plan.id, account.prices("plan:pro"), account.now())
    assert [price for _, price in held(account, plan)] == prices_of(account, "pro")


def test_a_failing_plan_says_since_when_and_what_has_to_be_paid(account, plan):
    account.control.settings(after_retries="past_due")
    account.control.decline(customer=plan.customer_id)
    account.control.advance(to=int(plan.end.timestamp()) + 3600)
    failing = account.again(plan)
    [bill, _] = account.bills(plan)
    assert (failing.status, failing.open_invoice_id) == ("past_due", bill.id)
    assert failing.failing_since == plan.end + timedelta(hours=1)
    account.pass_days(31, hours=2)
    later = account.again(plan)
    assert later.failing_since == failing.failing_since
    assert later.open_invoice_id == account.bills(plan)[0].id
    assert account.biller.subscriptions(plan.customer_id) == [later]
    account.control.decline(customer=plan.customer_id, code=None)
    for bill in account.bills(plan)[:2]:
        visit(str(bill.hosted_invoice_url), card="pm_card_visa")
    assert (account.again(plan).status, account.again(plan).failing_since) == ("active", None)


def test_every_subscription_a_customer_ever_had_is_listed(account, plan):
    account.biller.end_now(plan.id, refund=False)
    again = account.subscribed("pro", customer_id=plan.customer_id, purchase_id="pur_2")
    listed = account.biller.subscriptions(plan.customer_id)
    assert [(each.id, each.status) for each in listed] == [
        (again.id, "active"),
        (plan.id, "canceled"),
    ]
