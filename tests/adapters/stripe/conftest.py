"""An account set up to sell, empty of customers."""

import pytest

from tests.adapters.stripe.account import Account
from tests.fake_stripe.process import FakeStripe, fake_stripe, fake_stripe_process

__all__ = ["fake_stripe", "fake_stripe_process"]


@pytest.fixture
def account(fake_stripe: FakeStripe) -> Account:
    return Account(fake_stripe)
