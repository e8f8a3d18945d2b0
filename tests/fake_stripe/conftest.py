"""An empty account for each test, with the SDK's client and a receiver of webhooks."""

from collections.abc import Iterator

import pytest

from tests.fake_stripe.inbox import Inbox
from tests.fake_stripe.process import FakeStripe, fake_stripe_process
from tests.fake_stripe.selling import Shop

NOON = 1_769_860_800  # 31 January 2026, 12:00 UTC: the months after it are shorter

__all__ = ["fake_stripe_process"]


@pytest.fixture
def fake(fake_stripe_process: FakeStripe) -> FakeStripe:
    fake_stripe_process.control.reset(now=NOON)
    return fake_stripe_process


@pytest.fixture
def shop(fake: FakeStripe) -> Shop:
    return Shop(fake)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as server:
        yield server
