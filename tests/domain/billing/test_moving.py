"""Another payment mode: what was bought stays behind, trials come along, nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import installation, ledger, wallets
from app.domain.billing import moving
from app.domain.wallets import Wallet
from app.errors import Conflict
from app.kit import clock, ids
from app.models.billing import Purchase
from app.models.work import InstallationFact
from tests.domain.billing.buyer import Buyer
from tests.factories import member


def left(services, organization_id, mode):
    with services.database.reading() as session:
        its = wallets.standing(session, Wallet(organization_id, "live", mode), clock.now())
    return its.included, its.trial, its.packs


def move(services, before="simulated", after="off"):
    with services.transaction() as session:
        return moving.move(session, before, after, clock.now())


def test_bought_tokens_stay_behind_and_a_trial_comes_along(services):
    who = member(services, tokens=700, verified=True)
    moved = move(services)
    assert (moved.trial_tokens, moved.left_behind) == (300, 700)
    assert left(services, who.organization_id, "simulated") == (0, 0, 700)
    assert left(services, who.organization_id, "off") == (0, 300, 0)
    with services.transaction() as session:
        installation.settle_mode(session, "off")


def test_back_again_finds_what_was_left_behind(services):
    who = member(services, tokens=700, verified=True)
    move(services)
    move(services, "off", "simulated")
    assert left(services, who.organization_id, "simulated") == (0, 300, 700)


def test_a_mode_it_is_not_in_is_refused(services):
    with pytest.raises(Conflict):
        move(services, before="stripe_test")


def test_while_anything_is_held_nothing_moves(services):
    buyer = Buyer(services)
    buyer.buy("pack:small")
    with buyer.at(), services.transaction() as session:
        ledger.hold(session, buyer.wallet, 10, cause="run:open", limits=(), now=buyer.now)
    with pytest.raises(Conflict):
        move(services)
    with services.transaction() as session:
        installation.settle_mode(session, "simulated")


def test_what_was_paid_and_is_not_applied_yet_stops_a_move(services):
    buyer = Buyer(services)
    buyer.buy("pack:small", heard=False)
    with pytest.raises(Conflict, match="wait for a worker"):
        move(services)
    buyer.work()
    assert move(services).left_behind == 1_000


@pytest.mark.parametrize(("mode", "stops"), [("stripe_live", True), ("stripe_test", False)])
def test_a_page_where_somebody_may_still_pay_real_money_stops_a_move(services, mode, stops):
    """Paid after the move, it would bring nothing."""
    who, now = member(services), clock.now()
    with services.transaction() as session:
        session.get_one(InstallationFact, "payment_mode").value = mode
        opened = {"checkout_id": "cs_1", "created_at": now, "expires_at": now + timedelta(hours=1)}
        session.add(
            Purchase(
                id=ids.new("pur"), organization_id=who.organization_id, mode=mode,
                item="pack:small", tokens=1_000, usd_micros=5_000_000, **opened,
            )
        )  # fmt: skip
    if stops:
        with pytest.raises(Conflict, match="1 pages"):
            move(services, mode, "off")
        with services.transaction() as session:
            session.scalars(select(Purchase)).one().paid_at = now
    move(services, mode, "off")
