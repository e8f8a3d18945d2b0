"""The cap on overage: owners set it, more takes a fresh sign-in, less stops at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import ledger, periods, wallets
from app.domain.billing import accounts, cap
from app.domain.sessions import SignInAgain
from app.domain.unpaid import SpendCapReached
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.models.audit import AuditEvent
from tests.domain.billing.plan import on_plan
from tests.factories import member

USD, CENT = 1_000_000, 10_000


@pytest.fixture
def who(services):
    return member(services, verified=True)


@pytest.fixture
def wallet(services, who):
    return on_plan(services, who)


def put(services, wallet, micros, *, fresh=True):
    with services.transaction() as session:
        return cap.set_cap(
            session, wallet.organization_id, wallet.mode, micros, fresh=fresh, actor="usr_1", now=clock.now()
        )  # fmt: skip


def standing(services, wallet):
    with services.database.reading() as session:
        return wallets.standing(session, wallet, clock.now())


def acts(services, wallet):
    of = AuditEvent.chain == wallet.organization_id, AuditEvent.action == "billing.cap_changed"
    with services.database.reading() as session:
        rows = session.scalars(select(AuditEvent).where(*of).order_by(AuditEvent.number))
        return [(row.actor, row.details) for row in rows]


def chosen(services, wallet):
    with services.database.reading() as session:
        found = accounts.of(session, wallet.organization_id, wallet.mode)
    return found is not None and found.cap_chosen


def test_a_cap_is_set_written_down_and_known_as_chosen(services, wallet):
    assert not chosen(services, wallet)
    assert put(services, wallet, 35 * USD + 50 * CENT)
    assert standing(services, wallet).cap_micros == 35_500_000
    assert acts(services, wallet) == [("usr_1", {"from": "$20.00", "to": "$35.50"})]
    assert chosen(services, wallet)


def test_the_same_cap_again_is_no_act_but_chosen(services, wallet):
    assert not put(services, wallet, 20 * USD, fresh=False)
    assert acts(services, wallet) == []
    assert chosen(services, wallet)


def test_more_takes_a_fresh_sign_in_and_less_does_not(services, wallet):
    with pytest.raises(SignInAgain):
        put(services, wallet, 20 * USD + CENT, fresh=False)
    assert standing(services, wallet).cap_micros == 20 * USD
    assert put(services, wallet, 20 * USD - CENT, fresh=False)
    assert standing(services, wallet).cap_micros == 20 * USD - CENT


@pytest.mark.parametrize("micros", [-CENT, cap.MOST_MICROS + CENT, CENT + 1, 5_000])
def test_an_amount_nobody_can_mean_is_refused(services, wallet, micros):
    with pytest.raises(InvalidInput) as refused:
        put(services, wallet, micros)
    assert refused.value.details["field"] == "cap"
    assert standing(services, wallet).cap_micros == 20 * USD


@pytest.mark.parametrize("micros", [0, cap.MOST_MICROS])
def test_the_least_and_the_most_can_be_set(services, wallet, micros):
    assert put(services, wallet, micros)
    assert standing(services, wallet).cap_micros == micros


def test_without_a_plan_there_is_no_cap(services, who):
    wallet = wallets.Wallet(who.organization_id, "live", services.settings.payment_mode)
    with pytest.raises(Conflict):
        put(services, wallet, 10 * USD)
    assert not chosen(services, wallet)


def test_a_plan_that_ended_has_none_either(services, wallet):
    with services.transaction() as session:
        balance = wallets.locked(session, wallet)
        balance.period_end = clock.now() - timedelta(seconds=1)
        balance.usable_until = None
    with pytest.raises(Conflict):
        put(services, wallet, 10 * USD)


def test_a_plan_whose_payment_failed_keeps_its_cap_to_set(services, wallet):
    with services.transaction() as session:
        until = clock.now() + timedelta(days=7)
        periods.switch(session, wallet, "starter", status="past_due", usable_until=until)
    assert put(services, wallet, 0)


def test_lowered_below_what_is_used_it_stops_at_once(services, wallet):
    hold(services, wallet, 5_000, "run:1")
    assert put(services, wallet, 2 * USD)
    assert standing(services, wallet).overage_room == 0
    with pytest.raises(SpendCapReached):
        hold(services, wallet, 1, "run:2")
    with services.transaction() as session:
        ledger.settle(session, wallet, cause="run:1", delivered=5_000, now=clock.now())


def hold(services, wallet, tokens, cause):
    with services.transaction() as session:
        ledger.hold(session, wallet, tokens, cause=cause, limits=[], now=clock.now())


@pytest.mark.parametrize(
    ("typed", "micros"),
    [
        ("20", 20 * USD), (" $1,250.50 ", 1_250_500_000), ("0", 0), ("0.05", 5 * CENT),
        ("7.5", 7_500_000), ("$ 100,000", 100_000 * USD),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_a_person_writes_it(typed, micros):
    assert cap.read(typed) == micros


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "1.005", "1,25", "1.250,50", "1e3", "five", "\u0665", "1" * 13, "100000.01", "$"],
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(InvalidInput) as refused:
        cap.read(typed)
    assert refused.value.details["field"] == "cap"
