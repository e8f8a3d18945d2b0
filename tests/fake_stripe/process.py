"""Starts the account as a process of its own, and gives tests their hands on it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import stripe

from tests.apart import Apart


class FakeStripe(Apart):
    """A running account: `.base` for `STRIPE_API_BASE`, `.client()` for the SDK, `.control`."""

    def __init__(
        self, *, live: bool = False, now: int = 0, seed: str = "polis", port: int = 0
    ) -> None:
        self.live = live
        options = ["--port", str(port), "--seed", seed, "--now", str(now)]
        super().__init__("tests.fake_stripe", *options, *(["--live"] if live else []))

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
