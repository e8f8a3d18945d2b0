"""A bad day of the network: duplicates, disorder, losses, forgeries, from a seed."""

import random

from tests.fake_stripe.control.deliveries import Deliveries, Delivery
from tests.fake_stripe.control.signing import Signing
from tests.fake_stripe.ground.state import Thing

ROUNDS = 20


def chaos(
    deliveries: Deliveries, seed: int, odds: tuple[float, float, float], at: int | str
) -> Thing:
    """Send all that waits, badly, until all of it has arrived; what happened, counted."""
    luck = random.Random(seed)
    tally = {"sent": 0, "duplicated": 0, "dropped": 0, "forged": 0, "forged_accepted": 0}
    for _ in range(ROUNDS):
        waiting = deliveries.waiting()
        luck.shuffle(waiting)
        for each in waiting:
            _one(deliveries, each, luck, odds, tally, at)
    return {**tally, "left": len(deliveries.waiting())}


def _one(
    deliveries: Deliveries, each: Delivery, luck: random.Random,
    odds: tuple[float, float, float], tally: dict[str, int], at: int | str,
) -> None:  # fmt: skip
    duplicates, drops, forgeries = odds
    if luck.random() < drops and not each.attempts:
        each.attempts.append({"status": 0, "why": "dropped"})
        tally["dropped"] += 1
        return
    if luck.random() < forgeries:
        before = each.state
        status = deliveries.send(each, Signing(secret="wrong", at=at))[0]["status"]
        tally["forged"] += 1
        tally["forged_accepted"] += 200 <= status < 300
        each.state = before
    times = 2 if luck.random() < duplicates else 1
    tally["duplicated"] += times - 1
    tally["sent"] += len(deliveries.send(each, Signing(at=at), times=times))
