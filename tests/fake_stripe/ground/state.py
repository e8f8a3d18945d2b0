"""Everything the account holds, in memory, behind one lock."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from tests.fake_stripe.ground.problems import Missing
from tests.fake_stripe.ground.shapes import blank

Thing = dict[str, Any]


@dataclass
class Settings:
    """What an account's owner sets in the dashboard, and how strict this process is."""

    retry_after_days: tuple[int, ...] = (3, 5, 7)
    after_retries: str = "canceled"  # or "unpaid", "past_due"
    own_keys_only: bool = False  # refuse a POST whose Idempotency-Key is missing or made by the SDK
    deliver_at_once: bool = False  # send events when they happen, not when a test says so


@dataclass
class Caller:
    """The request at work, which events name."""

    request: str | None = None
    key: str | None = None


@dataclass
class State:
    """The account: its things by kind and id, its moment, what is due, what it has sent."""

    live: bool = False
    now: int = 0
    seed: str = ""
    base: str = ""
    lock: RLock = field(default_factory=RLock)
    things: dict[str, dict[str, Thing]] = field(default_factory=lambda: defaultdict(dict))
    notes: dict[str, Thing] = field(default_factory=lambda: defaultdict(dict))
    counts: Counter[str] = field(default_factory=Counter)
    due: list[tuple[int, int, int, str, str]] = field(default_factory=list)
    declining: dict[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    caller: Caller = field(default_factory=Caller)
    on_event: Callable[["State", Thing], None] = lambda _state, _event: None

    def identifier(self, prefix: str) -> str:
        """A new id: opaque, and the same in the same course of events."""
        self.counts[prefix] += 1
        text = f"{self.seed}:{prefix}:{self.counts[prefix]}"
        return f"{prefix}_{hashlib.sha256(text.encode()).hexdigest()[:24]}"

    def make(self, kind: str, prefix: str, **given: Any) -> Thing:
        """A new thing of a kind, kept under its id."""
        made = blank(kind, **given)
        made["id"] = given.get("id") or self.identifier(prefix)
        stamps = {"created": self.now, "updated": self.now, "livemode": self.live}
        made |= {name: value for name, value in stamps.items() if name in made}
        self.things[kind][made["id"]] = made
        return made

    def get(self, kind: str, identifier: str, param: str = "id", noun: str = "") -> Thing:
        """A thing by its id; 404 where it is the thing asked for, 400 where a parameter names it."""
        found = self.things[kind].get(identifier)
        if found is None:
            status = 404 if param == "id" else 400
            raise Missing(noun or NOUNS.get(kind, kind), identifier, param, status)
        return found

    def all(self, kind: str, **equal: Any) -> list[Thing]:
        """Things of a kind with these values, oldest first."""
        return [
            thing
            for thing in self.things[kind].values()
            if all(thing.get(name) == value for name, value in equal.items())
        ]

    def digest(self) -> str:
        """One word for all of it: the same course of events gives the same word.

        Who asked is left out, since the SDK makes keys up where it is given none.
        """
        events = {name: {**event, "request": None} for name, event in self.things["event"].items()}
        told = {**self.dump(), "things": {**self.things, "event": events}}
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def dump(self) -> Thing:
        """Everything a digest is made of."""
        return {"now": self.now, "things": self.things, "declining": self.declining}


NOUNS = {
    "invoiceitem": "invoiceitem",
    "payment_method": "PaymentMethod",
    "billing.meter": "meter",
    "billing_portal.configuration": "configuration",
    "subscription_schedule": "subscription schedule",
}
