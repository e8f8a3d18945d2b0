"""Starts the account as a process of its own, and gives tests their hands on it."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest
import requests
import stripe

ROOT = Path(__file__).parents[2]


class Refused(AssertionError):
    """An order that cannot be carried out."""


class Control:
    """The control plane: `control.advance(seconds=…)` posts to `/_test/advance`."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> Any:
        def order(**sent: Any) -> dict[str, Any]:
            return self._post(name, sent)

        return order

    def _post(self, name: str, sent: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(f"{self._base}/_test/{name}", json.dumps(sent).encode())
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                answer: dict[str, Any] = json.loads(response.read())
                return answer
        except urllib.error.HTTPError as error:
            raise Refused(error.read().decode()) from None


class FakeStripe:
    """A running account: `.base` for `STRIPE_API_BASE`, `.client()` for the SDK, `.control`."""

    def __init__(
        self, *, live: bool = False, now: int = 0, seed: str = "polis", port: int = 0
    ) -> None:
        self.live = live
        options = ["--port", str(port), "--seed", seed, "--now", str(now)]
        command = [sys.executable, "-m", "tests.fake_stripe", *options]
        self._command = [*command, "--live"] if live else command
        self._process: subprocess.Popen[str] | None = None
        self.base = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout is not None
        self.base = self._process.stdout.readline().strip()
        assert self.base, "fake Stripe did not start"
        self.control = Control(self.base)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()

    @property
    def key(self) -> str:
        """A secret key of the account's mode."""
        return "sk_live_fakefakefake" if self.live else "sk_test_fakefakefake"

    def client(
        self, key: str = "", *, retries: int = 0, timeout_s: float = 20, **more: Any
    ) -> stripe.StripeClient:
        """The real SDK's client, told to find Stripe here."""
        session = requests.Session()
        session.trust_env = False  # no proxy between a test and this process
        http = stripe.RequestsClient(timeout=timeout_s, session=session)
        addresses: Any = dict.fromkeys(("api", "connect", "files", "meter_events"), self.base)
        return stripe.StripeClient(
            key or self.key, base_addresses=addresses, max_network_retries=retries,
            http_client=http, **more,
        )  # fmt: skip


@pytest.fixture(scope="session")
def fake_stripe_process() -> Iterator[FakeStripe]:
    """One process for all tests of a session; `fake_stripe` empties it for each."""
    with FakeStripe() as running:
        yield running


@pytest.fixture
def fake_stripe(fake_stripe_process: FakeStripe) -> FakeStripe:
    """An empty account, its clock at this moment."""
    fake_stripe_process.control.reset(now=int(time.time()))
    return fake_stripe_process
