"""An organization that buys at the fake Stripe, on both databases."""

import pytest

from tests.billing.world import NOON, selling
from tests.fake_stripe.process import fake_stripe_process

__all__ = ["fake_stripe_process"]


@pytest.fixture
def world(database_url, tmp_path, fake_stripe_process):
    fake_stripe_process.control.reset(now=NOON)
    fake_stripe_process.control.settings(own_keys_only=True)
    with selling(database_url, tmp_path, fake_stripe_process) as selling_:
        yield selling_
