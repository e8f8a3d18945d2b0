"""The control plane: what a test may order, under `/_test/`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from tests.fake_stripe.control.chaos import chaos
from tests.fake_stripe.control.deliveries import Deliveries, Delivery
from tests.fake_stripe.control.signing import Signing
from tests.fake_stripe.ground import clock
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import Settings, State, Thing
from tests.fake_stripe.things import disputes, paying, refunds
from tests.fake_stripe.wire.calls import Api
from tests.fake_stripe.wire.faults import Faults


@dataclass
class Plane:
    """What orders act on."""

    state: State
    api: Api
    deliveries: Deliveries
    faults: Faults
    sending: Lock = field(default_factory=Lock)

    def order(self, name: str, sent: Thing) -> Thing:
        """Do what is ordered; answers are small facts."""
        if name in OUTSIDE:
            return OUTSIDE[name](self, **sent)
        with self.state.lock:
            if name not in ORDERS:
                raise Malformed(f"No order is called {name}; there are {sorted(ORDERS | OUTSIDE)}.")
            return ORDERS[name](self, **sent)

    def afterwards(self) -> None:
        """After an answer: what happened is sent at once where a test set it so.

        One sender at a time: who takes an event may call here again.
        """
        while self._is_behind() and self.sending.acquire(blocking=False):
            try:
                self.catch_up()
            finally:
                self.sending.release()

    def catch_up(self) -> None:
        """Send what was never tried, in the order it happened."""
        while untried := self._untried():
            self.deliveries.send(untried[0], Signing())

    def _is_behind(self) -> bool:
        return self.state.settings.deliver_at_once and bool(self._untried())

    def _untried(self) -> list[Delivery]:
        return [each for each in self.deliveries.waiting() if not each.attempts]


def deliver(
    plane: Plane, event: str = "", times: int = 1, secret: str = "current", at: int | str = "now",
    livemode: bool | None = None, limit: int | None = None,
) -> Thing:  # fmt: skip
    """Send what waits, in the order of the queue; what is not taken waits on."""
    changed = None if livemode is None else {"livemode": livemode}
    signing, sent = Signing(secret, at), []
    for each in plane.deliveries.waiting(event)[:limit]:
        sent += plane.deliveries.send(each, signing, changed, times=times)
    return {"sent": sent, "left": len(plane.deliveries.waiting())}


def flush(plane: Plane) -> Thing:
    """Wait until all that happened was sent once, for tests that send at once."""
    with plane.sending:
        plane.catch_up()
    return {"left": len(plane.deliveries.waiting())}


def resend(
    plane: Plane, event: str, times: int = 1, secret: str = "current", at: int | str = "now",
    livemode: bool | None = None,
) -> Thing:  # fmt: skip
    """Send an event again, delivered or not, with any signature and any time."""
    changed = None if livemode is None else {"livemode": livemode}
    sent = []
    for each in [one for one in plane.deliveries.queue if one.event["id"] == event]:
        sent += plane.deliveries.send(each, Signing(secret, at), changed, times=times)
    return {"sent": sent}


def bad_day(
    plane: Plane, seed: int, duplicates: float = 0.3, drops: float = 0.1, forgeries: float = 0.05,
    at: int | str = "now",
) -> Thing:  # fmt: skip
    """See `chaos`."""
    return chaos(plane.deliveries, seed, (duplicates, drops, forgeries), at)


def advance(plane: Plane, seconds: int = 0, to: int | None = None) -> Thing:
    """Move the account's clock; renewals, retries, ends and expiries happen on the way."""
    clock.advance(plane.state, plane.state.now + seconds if to is None else to)
    return {"now": plane.state.now}


def settings(plane: Plane, **given: Any) -> Thing:
    """Set what an owner sets, and how strict this process is."""
    for name, value in given.items():
        if not hasattr(plane.state.settings, name):
            raise Malformed(f"No setting is called {name}.")
        setattr(plane.state.settings, name, tuple(value) if isinstance(value, list) else value)
    return {"settings": vars(plane.state.settings)}


def reset(plane: Plane, now: int | None = None, seed: str = "") -> Thing:
    """An empty account; another seed gives other ids."""
    state = plane.state
    for kept in (state.things, state.notes, state.counts, state.due, state.declining):
        kept.clear()
    state.now, state.seed = state.now if now is None else now, seed or state.seed
    state.settings = Settings()
    plane.deliveries.queue, plane.deliveries.to_drop = [], 0
    plane.api.keys.answers.clear()
    plane.api.seen.clear()
    plane.faults.clear()
    return {"now": state.now}


def of_mode(plane: Plane, live: bool) -> Thing:  # called by name, over HTTP
    """Make all that there is of that mode: what nobody at Stripe can do."""
    for things in plane.state.things.values():
        for thing in things.values():
            if "livemode" in thing:
                thing["livemode"] = live
    return {"live": live}


def roll(plane: Plane, endpoint: str, keep: bool = True) -> Thing:
    """A new signing secret; the old one signs too while it is kept."""
    secret = "whsec_" + plane.state.identifier("secret").removeprefix("secret_")
    old = plane.state.notes[endpoint]["secrets"]
    plane.state.notes[endpoint]["secrets"] = [secret, *(old[:1] if keep else [])]
    return {"secret": secret}


def decline(plane: Plane, customer: str, code: str | None = "generic_decline") -> Thing:
    """Every card of a customer is declined from now on, or pays again."""
    plane.state.get("customer", customer)
    if code:
        plane.state.declining[customer] = code
    else:
        plane.state.declining.pop(customer, None)
    return {"customer": customer, "code": code}


def dispute(plane: Plane, charge: str, amount: int | None = None, reason: str = "") -> Thing:
    """The customer's bank takes a payment back."""
    return disputes.open_on(plane.state, plane.state.get("charge", charge), amount, reason)


def close_dispute(plane: Plane, dispute: str, outcome: str) -> Thing:
    """The bank decides, `won` or `lost`."""
    return disputes.close(plane.state, plane.state.get("dispute", dispute), outcome)


def refund(plane: Plane, charge: str, amount: int | None = None) -> Thing:
    """A refund from the dashboard: no request of ours made it."""
    params = {} if amount is None else {"amount": amount}
    return refunds.refund(plane.state, plane.state.get("charge", charge), params)


def settle(plane: Plane, session: str, succeeds: bool = True) -> Thing:
    """A slow payment arrives or does not."""
    found = plane.state.get("checkout.session", session)
    return paying.settle(plane.state, found, succeeds=succeeds)


def fault(plane: Plane, **facts: Any) -> Thing:
    """Order trouble for the next calls that match."""
    plane.faults.order(
        **{name: str(value) if name == "kind" else value for name, value in facts.items()}
    )
    return {"orders": len(plane.faults.orders)}


def arrived(plane: Plane) -> Thing:
    """Wait until a held call is here."""
    held = [each for each in plane.faults.orders if each.kind == "hold"]
    return {"arrived": all(each.arrived.wait(20) for each in held)}


def let_calls_go(plane: Plane) -> Thing:
    """Forget all orders of trouble; held calls go on."""
    plane.faults.clear()
    return {}


def _drop(plane: Plane, count: int) -> Thing:
    plane.deliveries.to_drop = count
    return {"to_drop": count}


def _shuffle(plane: Plane, seed: int) -> Thing:
    plane.deliveries.shuffle(seed)
    return {"queue": [each.event["type"] for each in plane.deliveries.waiting()]}


def _let_go(plane: Plane) -> Thing:
    plane.deliveries.let_go()
    return {"left": len(plane.deliveries.waiting())}


# These talk to others or wait for them, so they must not keep the account locked.
OUTSIDE: dict[str, Callable[..., Thing]] = {
    "arrived": arrived, "chaos": bad_day, "deliver": deliver, "flush": flush, "let_calls_go": let_calls_go,
    "resend": resend,
}  # fmt: skip
ORDERS: dict[str, Callable[..., Thing]] = {
    "advance": advance, "close_dispute": close_dispute, "decline": decline, "dispute": dispute,
    "drop": _drop, "fault": fault, "let_go": _let_go, "refund": refund, "reset": reset,
    "roll": roll, "settings": settings, "settle": settle, "shuffle": _shuffle,
    "of_mode": of_mode,
    "hold": lambda plane, event="": {"held": plane.deliveries.hold(event)},
    "now": lambda plane: {"now": plane.state.now},
    "digest": lambda plane: {"digest": plane.state.digest()},
    "dump": lambda plane: plane.state.dump(),
    "deliveries": lambda plane: {"data": [each.facts() for each in plane.deliveries.queue]},
    "calls": lambda plane: {"data": list(plane.api.seen)},
}  # fmt: skip
