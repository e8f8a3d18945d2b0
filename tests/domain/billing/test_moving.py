"""Another payment mode: what was bought stays behind, trials come along, nothing is lost."""

import pytest

from app.domain import installation, ledger, wallets
from app.domain.billing import moving
from app.domain.wallets import Wallet
from app.errors import Conflict
from app.kit import clock
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
