"""From money to tokens and back, on the simulated biller and its own signed notices."""

from datetime import timedelta

import pytest

from app.domain import ledger, plans
from app.domain.billing import returned
from app.domain.billing.purchases import OnAPlan
from app.domain.billing.simulated import SimulatedBiller
from app.domain.billing.till import Till
from app.domain.unpaid import NotEnoughTokens, SpendCapReached
from app.errors import Conflict
from app.worker import accounting
from tests.domain.billing.buyer import BEGAN, Buyer
from tests.together import together

DAY = timedelta(days=1)
MONTH = timedelta(days=31)  # from the tenth of January
PACK = plans.PACKS["small"]


@pytest.fixture
def buyer(services):
    return Buyer(services)


def test_a_pack_brings_its_tokens_once_it_is_paid(buyer):
    buyer.buy("pack:small")
    assert buyer.figures == ("trial", "trialing", 0, 1_000)
    (kept,) = buyer.payments()
    assert (kept.item, kept.tokens, kept.usd_micros) == ("pack:small", 1_000, PACK.usd_micros)


def test_a_notice_that_comes_again_brings_nothing_more(buyer, services):
    page = buyer.buy("pack:small")
    for _ in range(3):
        with buyer.at():
            assert services.till.apply("checkout", page, buyer.now) is None
    assert buyer.standing().packs == 1_000
    assert len(buyer.payments()) == 1


def test_a_plan_includes_its_tokens_from_its_first_paid_invoice_on(buyer):
    buyer.buy("plan:starter")
    its = buyer.standing()
    assert buyer.figures == ("starter", "active", 4_000, 0)
    assert (its.cap_micros, its.price_micros) == (20 * plans.MICROS, 5_000)
    assert (its.period_start, its.period_end) == (BEGAN, BEGAN + MONTH)


def test_a_second_plan_is_a_change_and_not_a_purchase(buyer, services):
    buyer.buy("plan:starter")
    with pytest.raises(OnAPlan), buyer.at():
        services.till.offer(buyer.who.organization_id, "plan:pro", buyer.now, by_owner=True)


def test_of_two_plans_bought_at_once_the_second_ends_and_its_money_goes_back(buyer, services):
    till, organization_id = services.till, buyer.who.organization_id
    with buyer.at():
        wanted = [
            till.offer(organization_id, f"plan:{name}", buyer.now, by_owner=True)
            for name in ("starter", "pro")
        ]
        pages = [till.page(each, "/x") for each in wanted]
    for minutes, page in enumerate(pages):
        with buyer.at(minutes=minutes):
            till.biller.pay(page.id, buyer.now)
    buyer.work()
    assert buyer.figures == ("starter", "active", 4_000, 0)
    first, second = till.biller.subscriptions(buyer.account().customer_id)
    assert {first.status, second.status} == {"active", "canceled"}
    paid = till.biller.paid(buyer.payment_of(pages[1].id))
    assert sum(each.usd_micros for each in paid.refunds) == paid.usd_micros
    assert [returned.state(till, each, buyer.now) for each in wanted] == ["paid", "refunded"]


def test_a_plan_that_begins_closes_the_pages_that_would_sell_another(buyer, services):
    till, organization_id = services.till, buyer.who.organization_id
    with buyer.at():
        other = till.offer(organization_id, "plan:pro", buyer.now, by_owner=True)
        page = till.page(other, "/x")
        pack = till.page(till.offer(organization_id, "pack:small", buyer.now, by_owner=True), "/x")
    buyer.buy("plan:starter")
    assert till.biller.checkout(page.id).status == "expired"
    assert till.biller.checkout(pack.id).status == "open"
    assert returned.state(till, other, buyer.now) == "ended"


def test_a_renewal_brings_the_next_allotment_and_ends_what_was_left(buyer, services):
    buyer.buy("plan:starter")
    buyer.spend(1_500)
    buyer.renews(BEGAN)
    its = buyer.standing()
    assert (its.included, its.period_start) == (4_000, BEGAN + MONTH)


def test_included_tokens_stay_usable_while_a_renewal_is_being_paid(buyer):
    buyer.buy("plan:starter")
    buyer.spend(1_500)
    with buyer.at(BEGAN + MONTH, hours=1):
        assert buyer.figures == ("starter", "active", 2_500, 0)
    with buyer.at(BEGAN + MONTH, days=3):
        assert buyer.figures == ("starter", "inactive", 0, 0)


def test_overage_is_told_to_the_meter_once_and_billed_with_the_renewal(buyer, services):
    buyer.buy("plan:starter")
    buyer.spend(4_000)
    buyer.spend(100, delivered=60)
    buyer.work()
    buyer.renews(BEGAN)
    till, customer_id = services.till, buyer.account().customer_id
    renewal = till.biller.invoice(till.biller.invoices(customer_id)[0].id)
    overage = [line.usd_micros for line in renewal.lines if "overage" in line.price_id]
    assert overage == [60 * 5_000]


def test_the_cap_holds_whatever_the_meter_has_heard(buyer):
    buyer.buy("plan:starter")
    buyer.spend(4_000 + 4_000)  # $20 of overage
    with pytest.raises(SpendCapReached):
        buyer.spend(1)


def test_an_upgrade_brings_tokens_as_it_brings_money(buyer, services):
    buyer.buy("plan:starter")
    buyer.spend(1_000)
    with buyer.at(BEGAN + MONTH / 2):
        change_to(buyer, services, "pro")
    buyer.work()
    included = 4_000 - 1_000 + (12_500 - 4_000) // 2
    assert buyer.figures == ("pro", "active", included, 0)
    assert buyer.standing().cap_micros == 50 * plans.MICROS
    assert buyer.standing().period_start == BEGAN


def test_a_downgrade_waits_for_the_end_of_the_period(buyer, services):
    buyer.buy("plan:pro")
    with buyer.at(BEGAN + MONTH / 2):
        sub = buyer.account().subscription_id
        services.till.biller.change_at_end(sub, buyer.prices("starter"))
    buyer.work()
    assert buyer.figures == ("pro", "active", 12_500, 0)
    assert buyer.account().next_plan == "starter"
    buyer.renews(BEGAN)
    assert buyer.figures == ("starter", "active", 4_000, 0)
    assert buyer.account().next_plan is None


def test_a_plan_that_ends_takes_its_tokens_and_leaves_packs(buyer, services):
    buyer.buy("plan:starter")
    buyer.buy("pack:small")
    services.till.biller.end_at_end(buyer.account().subscription_id)
    buyer.work()
    assert buyer.account().cancels_at == BEGAN + MONTH
    buyer.renews(BEGAN)
    assert buyer.figures == ("trial", "trialing", 0, 1_000)
    assert buyer.account().status == "canceled"


def test_a_refund_takes_its_part_of_the_tokens_once(buyer, services):
    page = buyer.buy("pack:small")
    payment_id = buyer.payment_of(page)
    services.till.biller.refund(payment_id, 2 * plans.MICROS, "re_1")
    buyer.work()
    buyer.work()
    assert buyer.standing().packs == 600
    services.till.biller.refund(payment_id, 3 * plans.MICROS, "re_2")
    buyer.work()
    assert buyer.standing().packs == 0


def test_what_was_refunded_and_spent_is_owed_and_blocks_runs_until_it_is_paid(buyer, services):
    page = buyer.buy("pack:small")
    buyer.spend(800)
    services.till.biller.refund(buyer.payment_of(page), 5 * plans.MICROS, "re_1")
    buyer.work()
    assert (buyer.standing().packs, buyer.standing().debt) == (0, 800)
    with pytest.raises(NotEnoughTokens) as refused:
        buyer.spend(1)
    assert refused.value.details == {"owed_tokens": 800}
    buyer.buy("pack:small")
    assert (buyer.standing().packs, buyer.standing().debt) == (200, 0)
    buyer.spend(200)


def test_a_refunded_period_takes_what_is_left_of_it(buyer, services):
    page = buyer.buy("plan:starter")
    buyer.spend(500)
    services.till.biller.refund(buyer.payment_of(page), 20 * plans.MICROS, "re_1")
    buyer.work()
    assert (buyer.standing().included, buyer.standing().debt) == (0, 500)


def test_money_may_go_back_after_the_period_is_over_and_takes_nothing_of_the_next(buyer, services):
    page = buyer.buy("plan:starter")
    buyer.renews(BEGAN)
    services.till.biller.refund(buyer.payment_of(page), 20 * plans.MICROS, "re_1")
    buyer.work()
    assert (buyer.standing().included, buyer.standing().debt) == (4_000, 0)


def test_a_plan_refunded_after_its_period_owes_what_was_spent_of_it(buyer, services):
    page = buyer.buy("plan:starter")
    buyer.spend(1_000)
    buyer.renews(BEGAN)
    services.till.biller.refund(buyer.payment_of(page), 20 * plans.MICROS, "re_1")
    buyer.work()
    assert (buyer.standing().included, buyer.standing().debt) == (3_000, 0)


def test_two_payments_of_a_period_that_is_over_share_what_ended_unused_with_it(buyer, services):
    buyer.buy("plan:starter")
    with buyer.at(BEGAN + MONTH / 2):
        change = buyer.account().subscription_id, buyer.prices("pro"), buyer.now
        services.till.biller.change_now(*change)
    buyer.work()
    spent = 4_000
    buyer.spend(spent)
    buyer.renews(BEGAN)
    for number, paid in enumerate(buyer.payments()[:2]):
        services.till.biller.refund(paid.provider_payment_id, paid.usd_micros, f"re_{number}")
        buyer.work()
    assert (buyer.standing().included, buyer.standing().debt) == (12_500 - spent, 0)


def test_what_was_taken_back_within_a_period_is_not_owed_again_after_it(buyer, services):
    page = buyer.buy("plan:starter")
    buyer.spend(1_000)
    payment = buyer.payment_of(page)
    services.till.biller.refund(payment, 10 * plans.MICROS, "re_1")
    buyer.work()
    assert buyer.standing().included == 4_000 - 1_000 - 2_000
    buyer.renews(BEGAN)
    services.till.biller.refund(payment, 10 * plans.MICROS, "re_2")
    buyer.work()
    assert (buyer.standing().included, buyer.standing().debt) == (4_000 - 1_000, 0)


def test_what_a_run_gives_back_after_its_plan_has_ended_ended_with_it(buyer, services):
    buyer.buy("plan:starter")
    with buyer.at(), services.transaction() as session:
        ledger.hold(session, buyer.wallet, 4_000, cause="run:late", limits=(), now=buyer.now)
    services.till.biller.end_now(buyer.account().subscription_id, refund=False)
    buyer.work()
    with buyer.at(), services.transaction() as session:
        ledger.settle(session, buyer.wallet, cause="run:late", delivered=0, now=buyer.now)
    assert buyer.figures == ("trial", "trialing", 0, 0)


def test_in_the_last_hours_of_a_plan_that_ends_there_is_no_overage(buyer, services):
    buyer.buy("plan:starter")
    buyer.spend(4_000)
    services.till.biller.end_at_end(buyer.account().subscription_id)
    buyer.work()
    buyer.spend(10)
    with buyer.at(BEGAN + MONTH, hours=-5):
        pass
    assert buyer.standing().overage_room == 0
    with pytest.raises(NotEnoughTokens, match="the plan is about to end"):
        buyer.spend(10)


def test_a_debt_is_paid_by_what_a_run_gives_back(buyer, services):
    page = buyer.buy("pack:small")
    with buyer.at(), services.transaction() as session:
        ledger.hold(session, buyer.wallet, 900, cause="run:held", limits=(), now=buyer.now)
    services.till.biller.refund(buyer.payment_of(page), 5 * plans.MICROS, "re_1")
    buyer.work()
    assert buyer.standing().debt == 900
    with buyer.at(), services.transaction() as session:
        ledger.settle(session, buyer.wallet, cause="run:held", delivered=0, now=buyer.now)
    assert (buyer.standing().packs, buyer.standing().debt) == (0, 0)


def test_links_sell_little_in_the_first_days_and_open_pages_count(buyer, services):
    organization_id = buyer.who.organization_id
    with buyer.at():
        services.till.offer(organization_id, "pack:large", buyer.now, by_owner=False)
        with pytest.raises(Conflict):
            services.till.offer(organization_id, "pack:small", buyer.now, by_owner=False)
        services.till.offer(organization_id, "pack:scale", buyer.now, by_owner=True)
    with buyer.at(BEGAN + 7 * DAY):
        services.till.offer(organization_id, "pack:scale", buyer.now, by_owner=False)


def test_a_renewal_nobody_told_of_is_found(buyer, services):
    buyer.buy("plan:starter")
    settings = services.settings
    deaf = SimulatedBiller(
        services.database, settings.secret_key, settings.base_url, lambda _body, _signature: None
    )
    with buyer.at(BEGAN + MONTH, minutes=1):
        deaf.renew_due(buyer.now)
    buyer.work()
    assert buyer.standing().period_start == BEGAN
    with buyer.at(hours=3):
        accounting.all_of_it(services)
    buyer.work()
    assert buyer.standing().period_start == BEGAN + MONTH


def change_to(buyer, services, plan):
    sub = buyer.account().subscription_id
    services.till.biller.change_now(sub, buyer.prices(plan), buyer.now)


class Slow:
    """A provider whose first list of plans is followed by something before it is applied."""

    def __init__(self, biller, meanwhile):
        self._biller, self._meanwhile = biller, [meanwhile]

    def __getattr__(self, name):
        return getattr(self._biller, name)

    def subscriptions(self, customer_id):
        found = self._biller.subscriptions(customer_id)
        if self._meanwhile:
            self._meanwhile.pop()()
        return found


def test_what_was_read_before_another_wrote_is_read_again(buyer, services):
    """The plan ends between the reading and the writing of a worker, and another tells of it."""
    buyer.buy("plan:starter")
    account = buyer.account()

    def meanwhile():
        services.till.biller.end_now(account.subscription_id, refund=False)
        services.till.apply("customer", account.customer_id, buyer.now)

    slow = Till(services.database, services.transaction, Slow(services.biller(), meanwhile))
    with buyer.at():
        slow.apply("customer", account.customer_id, buyer.now)
    assert buyer.figures == ("trial", "trialing", 0, 0)
    assert buyer.account().version == account.version + 2


def test_eight_workers_apply_one_scene_once(buyer, services):
    buyer.buy("plan:starter")
    buyer.spend(1_000)
    before, account = buyer.figures, buyer.account()
    with buyer.at():
        together(8, lambda _: services.till.apply("customer", account.customer_id, buyer.now))
    assert buyer.figures == before
    assert buyer.account().version == account.version + 8
