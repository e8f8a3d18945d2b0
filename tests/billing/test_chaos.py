"""R6: notices twice, shuffled, lost and sent again, and forged: the end is the same as in order."""

from collections.abc import Callable

import pytest

from tests.billing.world import NOON, World, selling
from tests.databases import DATABASES
from tests.rounds import rounds

SEEDS = rounds(20)
NOTICES = 50  # at least, in each world
HOUR = 1 / 24


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_r6_a_bad_day_of_the_network_ends_as_a_good_one(
    copies, tmp_path_factory, fake_stripe_process, kind, seed, measured
):
    def lived(hear: Callable[[World], None]) -> tuple[dict, int]:
        fake_stripe_process.control.reset(now=NOON, seed=f"seed {seed}")
        folder = tmp_path_factory.mktemp("world")
        url = copies.fresh(kind, folder)
        with selling(url, folder, fake_stripe_process) as world:
            _story(world, lambda: hear(world))
            return world.digest(), len(world.notices())

    def badly(world: World) -> None:
        with world.in_time():
            tally = world.control.chaos(seed=seed, at=world.control.now()["now"])
        assert (tally["left"], tally["forged_accepted"]) == (0, 0)
        world.work()

    expected, notices = lived(World.hear)
    found, _ = lived(badly)
    measured("R6", "notices twice, shuffled, lost or forged", notices)
    measured("R6", "worlds that ended otherwise than in order", int(found != expected))
    assert found == expected
    assert notices >= NOTICES


def _story(world: World, hear: Callable[[], None]) -> None:
    """A customer's three months, in pieces between which nobody hears anything."""
    packs = [world.buy("pack:small"), world.buy("pack:medium")]
    world.buy("plan:starter")
    world.control.refund(charge=world.charge_of(packs[0]), amount=150)
    hear()
    world.pass_days(10)
    world.change_now("pro")
    dispute = world.control.dispute(charge=world.charge_of(packs[1]))
    world.pass_days(5)
    world.control.close_dispute(dispute=dispute["id"], outcome="won")
    world.control.refund(charge=world.charge_of(packs[0]))
    hear()
    world.spend(300)
    world.pass_days(13 + 2 * HOUR)  # a renewal
    world.change_at_end("starter")
    hear()
    world.control.decline(customer=world.customer_id)
    world.pass_days(32)  # one that fails
    hear()
    world.control.decline(customer=world.customer_id, code=None)
    other = world.buy("pack:large")
    world.control.refund(charge=world.charge_of(other), amount=1_000)
    world.pass_days(9)  # and is tried again
    hear()
    lost = world.control.dispute(charge=world.charge_of(other))
    world.control.close_dispute(dispute=lost["id"], outcome="lost")
    world.services.biller().end_at_end(world.subscription_id)
    for name in ("small", "medium"):
        world.buy(f"pack:{name}")
    world.pass_days(40)
    hear()
