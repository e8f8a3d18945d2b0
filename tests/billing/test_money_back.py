"""Traps of Stripe where money goes back: refunds, and disputes lost and won."""

from datetime import timedelta

import pytest

from app.domain.unpaid import NotEnoughTokens

DAY = timedelta(days=1)


def test_a_refund_in_parts_takes_its_parts(world):
    page = world.buy("pack:small")
    world.hear()
    charge = world.charge_of(page)
    world.control.refund(charge=charge, amount=200)
    world.hear()
    assert world.standing().packs == 600
    world.control.refund(charge=charge)
    world.hear()
    world.hear()
    assert world.standing().packs == 0


def test_a_refund_heard_of_before_its_payment_is_not_lost(world):
    page = world.buy("pack:small")
    world.control.refund(charge=world.charge_of(page), amount=200)
    world.control.hold(event="checkout.session.completed")
    world.hear()
    world.control.let_go()
    world.hear()
    assert world.standing().packs == 600


def test_what_was_spent_of_a_refund_is_owed(world):
    page = world.buy("pack:small")
    world.hear()
    world.spend(900)
    world.control.refund(charge=world.charge_of(page))
    world.hear()
    with pytest.raises(NotEnoughTokens):
        world.spend(1)
    assert world.standing().debt == 900


@pytest.mark.parametrize(("outcome", "left"), [("won", 1_000), ("lost", 0)])
def test_a_dispute_freezes_and_then_gives_back_or_takes(world, outcome, left):
    page = world.buy("pack:small")
    world.hear()
    dispute = world.control.dispute(charge=world.charge_of(page))
    world.hear()
    assert (world.standing().packs, world.standing().held) == (0, 1_000)
    world.control.close_dispute(dispute=dispute["id"], outcome=outcome)
    world.hear()
    assert (world.standing().packs, world.standing().held) == (left, 0)


def test_a_refund_and_a_lost_dispute_take_what_was_paid_for_and_no_more(world):
    world.buy("pack:medium")
    page = world.buy("pack:small")
    world.hear()
    charge = world.charge_of(page)
    world.control.refund(charge=charge, amount=200)
    dispute = world.control.dispute(charge=charge, amount=300)  # the rest
    world.control.close_dispute(dispute=dispute["id"], outcome="lost")
    world.hear()
    assert world.standing().packs == 4_000


def test_a_dispute_over_a_part_takes_that_part(world):
    page = world.buy("pack:small")
    world.hear()
    dispute = world.control.dispute(charge=world.charge_of(page), amount=100)
    world.hear()
    assert (world.standing().packs, world.standing().held) == (800, 200)
    world.control.close_dispute(dispute=dispute["id"], outcome="lost")
    world.hear()
    assert (world.standing().packs, world.standing().held) == (800, 0)
