"""One call of the API: who asks, in which version, what, and whether it was answered before."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.fake_stripe.ground.events import API_VERSION
from tests.fake_stripe.ground.expand import shown
from tests.fake_stripe.ground.problems import Malformed, Problem, Unauthorized
from tests.fake_stripe.ground.state import Caller, State
from tests.fake_stripe.wire import form
from tests.fake_stripe.wire.faults import Fault
from tests.fake_stripe.wire.idempotency import Answer, Keys
from tests.fake_stripe.wire.routing import TABLE, refuse_unplayed
from tests.fake_stripe.wire.schema import check

HELD_AT_MOST_S = 20
_MADE_BY_THE_SDK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Call:
    """A request as it came in."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        """Its idempotency key; only a POST has one."""
        return self.headers.get("idempotency-key", "") if self.method == "POST" else ""


@dataclass
class Api:
    """Answers calls one at a time; keeps what was called, for tests to look at."""

    state: State
    keys: Keys = field(default_factory=Keys)
    seen: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, call: Call, hold: Fault | None = None) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of the answer; a held call is at work until it may go."""
        with self.state.lock:
            request = self.state.identifier("req")
        headers = {"Request-Id": request, "Stripe-Version": API_VERSION}
        try:
            self._admit(call)
            (status, body), replayed = self._once(call, request, hold)
            if replayed:
                headers |= {"Idempotent-Replayed": "true", "Original-Request": request}
        except Problem as problem:
            status, body = problem.status, _json(problem.body())
            if problem.status != 409:
                headers["Stripe-Should-Retry"] = "false"
        if call.key:
            headers["Idempotency-Key"] = call.key
        self.seen.append(
            {"method": call.method, "path": call.path, "key": call.key, "status": status,
             "sent": (call.body.decode() or call.query), "request": request}
        )  # fmt: skip
        return status, body, headers

    def _admit(self, call: Call) -> None:
        _check_secret(call.headers.get("authorization", ""), live=self.state.live)
        version = call.headers.get("stripe-version", "")
        if version != API_VERSION:
            raise Malformed(f"Invalid Stripe API version: {version}. Expected {API_VERSION}.")
        sent_as = call.headers.get("content-type", "application/x-www-form-urlencoded")
        if call.body and not sent_as.startswith("application/x-www-form-urlencoded"):
            raise Malformed(f"Invalid request (content type: {sent_as}): send it form-encoded.")
        if len(call.key) > 255:
            raise Malformed("Idempotency keys are at most 255 characters long.")
        own = call.key and not _MADE_BY_THE_SDK.fullmatch(call.key)
        if self.state.settings.own_keys_only and call.method == "POST" and not own:
            raise Malformed(f"POST {call.path} has no Idempotency-Key of its own.")

    def _once(self, call: Call, request: str, hold: Fault | None) -> tuple[Answer, bool]:
        if not call.key:
            return self._perform(call, request)[0], False
        stored = self.keys.begin(call.key, call.path, call.body, self.state.now)
        if stored is not None:
            return stored, True
        keep: Answer | None = None
        try:
            if hold is not None:
                hold.arrived.set()
                hold.go.wait(HELD_AT_MOST_S)
            answer, tried = self._perform(call, request)
            keep = answer if tried else None
            return answer, False
        finally:
            self.keys.end(call.key, call.path, call.body, self.state.now, keep)

    def _perform(self, call: Call, request: str) -> tuple[Answer, bool]:
        """The answer, and whether anything was tried: what is malformed uses no key up."""
        with self.state.lock:
            self.state.caller = Caller(request, call.key or None)
            try:
                return (200, self._handled(call)), True
            except Problem as problem:
                return (problem.status, _json(problem.body())), not isinstance(problem, Malformed)
            finally:
                self.state.caller = Caller()

    def _handled(self, call: Call) -> bytes:
        route, ids = TABLE.find(call.method, call.path)
        sent = call.body.decode() if call.method == "POST" else call.query
        params = check(form.parse(sent), route.declared)
        refuse_unplayed(route, params)
        expand = params.pop("expand", [])
        return _json(shown(self.state, route.handler(self.state, params, *ids), expand))


def _check_secret(header: str, *, live: bool) -> None:
    mode = "live" if live else "test"
    secret = header.removeprefix("Bearer ").strip()
    if not secret:
        raise Unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization "
            "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
        )
    if not re.fullmatch(rf"(sk|rk)_{mode}_\w{{8,}}", secret):
        hidden = secret[:8] + "*" * 8 + secret[-4:]
        raise Unauthorized(f"Invalid API Key provided: {hidden}")


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=2, default=str).encode()
