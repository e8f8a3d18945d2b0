"""A charge given back whole: to the buckets it came from, once, and counters with it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain import ledger, refunds, spend_limits, wallets
from app.domain.refunds import Invoiced
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.billing import LedgerEntry
from app.models.work import Work
from tests.domain.billing.plan import on_plan
from tests.factories import caller, member

CAUSE = "run:one"
INCLUDED = 4_000  # of the plan


@pytest.fixture
def who(services):
    return member(services, verified=True, cap=10_000)


@pytest.fixture
def wallet(services, who):
    return on_plan(services, who)


def spend(services, who, wallet, tokens, delivered):
    now = clock.now()
    limits = [caller(services, who).spend_limit(now)]
    with services.transaction() as session:
        ledger.hold(session, wallet, tokens, cause=CAUSE, limits=limits, now=now)
    with services.transaction() as session:
        ledger.settle(session, wallet, cause=CAUSE, delivered=delivered, now=now)
    return limits[0]


def refund(services, wallet, now=None):
    with services.transaction() as session:
        return refunds.refund(session, wallet, CAUSE, now or clock.now())


def standing(services, wallet, now=None):
    with services.database.reading() as session:
        return wallets.standing(session, wallet, now or clock.now())


def entries(services, kind):
    with services.database.reading() as session:
        which = LedgerEntry.kind == kind, LedgerEntry.cause.like(f"%{CAUSE}")
        rows = session.scalars(select(LedgerEntry).where(*which).order_by(LedgerEntry.bucket))
        return [(row.bucket, row.tokens, row.usd_micros) for row in rows]


def test_what_was_charged_goes_back_to_each_bucket_and_the_rest_went_back_before(
    services, who, wallet
):
    before = standing(services, wallet)
    limit = spend(services, who, wallet, before.prepaid + 100, before.prepaid + 60)
    assert standing(services, wallet).overage_tokens == 60
    assert refund(services, wallet) == before.prepaid + 60
    assert standing(services, wallet) == before
    assert [bucket for bucket, _, _ in entries(services, "refund")] == [
        "included", "overage", "trial",
    ]  # fmt: skip
    with services.database.reading() as session:
        assert spend_limits.used(session, limit, "live") == 0


def test_it_goes_back_once(services, who, wallet):
    spend(services, who, wallet, 50, 50)
    assert refund(services, wallet) == 50
    after = standing(services, wallet)
    assert refund(services, wallet) == 0
    assert standing(services, wallet) == after


def test_the_meter_hears_of_overage_that_was_given_back(services, who, wallet):
    prepaid = standing(services, wallet).prepaid
    spend(services, who, wallet, prepaid + 100, prepaid + 100)
    refund(services, wallet)
    with services.database.reading() as session:
        told = [
            session.get(LedgerEntry, payload["entry_id"]).tokens
            for payload in session.scalars(
                select(Work.payload).where(Work.kind == "report_usage").order_by(Work.id)
            )
        ]
    assert told == [-100, 100]


def test_what_returns_to_an_ended_period_expires_at_once(services, who, wallet):
    spend(services, who, wallet, 50, 50)
    later = standing(services, wallet).period_end + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        on_plan(services, who)
    left = standing(services, wallet, later)
    assert refund(services, wallet, later) == 50
    assert standing(services, wallet, later).included == left.included
    assert entries(services, "expiry") == [("included", -50, 0)]


def test_overage_of_a_period_that_is_over_is_the_providers_to_refund(services, who, wallet):
    prepaid = standing(services, wallet).prepaid
    spend(services, who, wallet, prepaid + 100, prepaid + 100)
    later = standing(services, wallet).period_end
    with pytest.raises(Invoiced, match="100 of its tokens were overage"):
        refund(services, wallet, later)
    assert entries(services, "refund") == []


def test_nothing_was_charged_where_nothing_was_spent(services, who):
    wallet = Wallet(who.organization_id, "live", "simulated")
    assert refund(services, wallet) == 0
