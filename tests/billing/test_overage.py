"""Traps of Stripe around the turn of a period: what overage costs, and where it is billed."""

from datetime import timedelta

import pytest

from app.domain import plans
from app.domain.billing import reporting, winding
from app.domain.unpaid import NotEnoughTokens, SpendCapReached
from app.models.accounts import Organization
from app.models.work import Work

DAY = timedelta(days=1)
HOUR = 1 / 24


def invoiced(world):
    """Dollars of each invoice, the oldest first."""
    found = world.services.biller().invoices(world.customer_id)
    return [each.usd_micros / plans.MICROS for each in reversed(found)]


def test_overage_told_after_its_period_was_invoiced_is_billed_with_the_next(world):
    """Workers were away over the turn."""
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.spend(200)
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    world.pass_days(32)
    world.hear()
    assert invoiced(world) == [20, 20, 21]


def test_overage_is_told_before_its_price_changes(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.spend(200)
    world.pass_days(1)
    with world.in_time():
        reporting.report_all(world.services.till, world.who.organization_id, world.now)
    world.change_now("pro")
    world.hear()  # its work says it once more
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    assert invoiced(world) == [20, 28.92 + 1, 50]  # 27 of 28 days' difference, and the overage


def test_between_two_periods_there_is_no_overage_so_that_no_invoice_is_over_its_cap(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.pass_days(28)  # the renewal is a draft
    world.hear()
    with pytest.raises(NotEnoughTokens, match="the next period is being paid for") as refused:
        world.spend(100)
    assert refused.value.details == {"needed_tokens": 100, "missing_tokens": 100}
    world.pass_days(2 * HOUR)
    world.hear()
    world.spend(4_000 + 4_000)
    with pytest.raises(SpendCapReached):
        world.spend(1)
    world.work()
    world.pass_days(31 + 2 * HOUR)
    world.hear()
    assert invoiced(world) == [20, 20, 40]


@pytest.mark.parametrize("hours", [1 / 60, 2])
def test_a_run_over_the_turn_of_a_period_counts_where_it_is_billed(world, hours):
    """It ends while the renewal is a draft, or when the next period has begun."""
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.pass_days(28 - HOUR / 60)
    run = world.hold(3_000)
    world.pass_days(HOUR / 60 + hours * HOUR)
    world.hear()
    world.settle(run, 2_000)
    world.work()
    world.pass_days(2 * HOUR)
    world.hear()
    assert world.standing().overage_room == 4_000 - 2_000
    world.spend(4_000 + 2_000)
    world.work()
    world.pass_days(31 + 2 * HOUR)
    world.hear()
    assert invoiced(world) == [20, 20, 40]


@pytest.mark.parametrize(
    ("before", "after", "dollars"), [("pro", "starter", 20 + 2), ("starter", "pro", 50 + 2.5)]
)
def test_overage_costs_what_it_was_held_for_whatever_plan_bills_it(world, before, after, dollars):
    """On the invoice of the next plan it is as many tokens as cost the same there."""
    world.buy(f"plan:{before}")
    world.hear()
    world.spend(plans.PLANS[before].included)
    world.change_at_end(after)
    world.pass_days(28 - HOUR / 60)
    run = world.hold(500)
    world.pass_days(3 * HOUR)
    world.hear()
    world.settle(run, 500)
    world.work()
    world.pass_days(31)
    world.hear()
    assert invoiced(world)[-1] == dollars


def test_overage_of_who_subscribed_at_an_old_price_is_billed_as_the_ledger_says(world):
    """The statement is reckoned at today's price; Stripe bills at the one they subscribed at."""
    today = world.sell_overage("starter", 10_000)
    world.buy("plan:starter")
    world.hear()
    world.sell_again("overage:starter", today)
    world.spend(4_000)
    world.spend(200)
    world.work()
    world.pass_days(28 + 2 * HOUR)
    world.hear()
    assert invoiced(world) == [20, 20 + 200 * 5_000 / plans.MICROS]


def test_included_tokens_stay_usable_in_the_hour_a_renewal_is_a_draft(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(1_000)
    world.pass_days(28)
    world.hear()
    assert world.figures == ("starter", "active", 3_000, 0)
    world.spend(500)


def test_the_cap_is_ours_however_late_the_meter_counts(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(8_000)
    with pytest.raises(SpendCapReached):
        world.spend(1)


def test_overage_that_waits_is_billed_when_its_organization_goes(world):
    world.buy("plan:starter")
    world.hear()
    world.spend(4_000)
    world.spend(200)
    (waits,) = world.usage_waiting()
    with world.services.transaction() as session:
        session.get_one(Work, waits.id).due_at = world.now + DAY  # Stripe was away
    world.pass_days(HOUR)
    with world.in_time(), world.services.transaction() as session:
        row = session.get_one(Organization, world.who.organization_id)
        row.deletion_due_at = row.deleted_at = world.now
        winding.follow(session, row.id, world.now)
    world.work()
    assert invoiced(world) == [20, 1]
