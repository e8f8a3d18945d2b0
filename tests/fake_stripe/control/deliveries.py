"""What is sent to endpoints: a queue that moves only when a test says so."""

import http.client
import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.fake_stripe.control.signing import Signing
from tests.fake_stripe.ground.state import State, Thing

PATIENCE_S = 30


@dataclass
class Delivery:
    """One event on its way to one endpoint."""

    id: str
    event: Thing
    endpoint: str
    body: bytes
    state: str = "pending"  # then "delivered"
    held: bool = False
    attempts: list[dict[str, Any]] = field(default_factory=list)

    def facts(self) -> Thing:
        """What a test sees of a delivery."""
        return {
            "id": self.id, "event": self.event["id"], "type": self.event["type"],
            "endpoint": self.endpoint, "state": self.state, "held": self.held,
            "attempts": self.attempts,
        }  # fmt: skip


@dataclass
class Deliveries:
    """Everything sent or to be sent, in the order it will go."""

    state: State
    queue: list[Delivery] = field(default_factory=list)
    to_drop: int = 0

    def enlist(self, _state: State, event: Thing) -> None:
        """An event goes to every endpoint that wants it."""
        wanted = [
            endpoint
            for endpoint in self.state.all("webhook_endpoint", status="enabled")
            if {"*", event["type"]} & set(endpoint["enabled_events"])
        ]
        event["pending_webhooks"] = len(wanted)
        for endpoint in wanted:
            identifier = self.state.identifier("dlv")
            self.queue.append(Delivery(identifier, event, endpoint["id"], _body(event)))

    def waiting(self, wanted: str = "") -> list[Delivery]:
        """What may be sent now; `wanted` is an event's id or type."""
        return [
            each
            for each in self.queue
            if each.state == "pending" and not each.held
            and wanted in {"", each.event["id"], each.event["type"]}
        ]  # fmt: skip

    def send(
        self, each: Delivery, signing: Signing, changed: Thing | None = None, *, times: int = 1
    ) -> list[Thing]:
        """Post a delivery so many times; the first 2xx answer makes it delivered."""
        outcomes = []
        for _ in range(times):
            outcome = self._post(each, signing, changed)
            each.attempts.append(outcome)
            outcomes.append({"delivery": each.id, "event": each.event["id"], "type": each.event["type"], **outcome})  # fmt: skip
            if 200 <= outcome["status"] < 300 and each.state == "pending":
                each.state = "delivered"
                each.event["pending_webhooks"] -= 1
        return outcomes

    def shuffle(self, seed: int) -> None:
        """Put what waits in another order, the same for the same seed."""
        pending = [each for each in self.queue if each.state == "pending"]
        done = [each for each in self.queue if each.state != "pending"]
        random.Random(seed).shuffle(pending)
        self.queue = done + pending

    def hold(self, wanted: str) -> int:
        """Keep back what waits of an event or type, until `let_go`."""
        kept = self.waiting(wanted)
        for each in kept:
            each.held = True
        return len(kept)

    def let_go(self) -> None:
        """Nothing is kept back any more."""
        for each in self.queue:
            each.held = False

    def _post(self, each: Delivery, signing: Signing, changed: Thing | None) -> Thing:
        endpoint = self.state.things["webhook_endpoint"].get(each.endpoint)
        if endpoint is None:
            return {"status": 0, "why": "the endpoint is gone"}
        if self.to_drop > 0:
            self.to_drop -= 1
            return {"status": 0, "why": "dropped"}
        body = _body({**each.event, **changed}) if changed else each.body
        secrets = self.state.notes[each.endpoint]["secrets"]
        header = signing.header(secrets, body, each.event["created"])
        return {"signed": signing.secret, **post(endpoint["url"], body, header)}


def post(url: str, body: bytes, signature: str) -> Thing:
    """Post a body; status 0 where nobody answered."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=PATIENCE_S)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)", "Accept": "*/*; q=0.5, application/xml",
    }  # fmt: skip
    try:
        connection.request("POST", path or "/", body, headers)
        answer = connection.getresponse()
        return {"status": answer.status, "answer": answer.read(2000).decode(errors="replace")}
    except OSError as error:
        return {"status": 0, "why": type(error).__name__}
    finally:
        connection.close()


def _body(event: Thing) -> bytes:
    return json.dumps(event, indent=2, default=str).encode()
