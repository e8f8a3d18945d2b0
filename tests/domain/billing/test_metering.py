"""What a provider's meter is told: the money of the ledger, in tokens of the price that bills it."""

import pytest

from app.domain.billing.metering import Usage
from app.kit import clock


def told(tokens: int, held_at: int, billed_at: int) -> int:
    usage = Usage("org_1", "stripe_live", tokens, tokens * held_at, clock.now())
    return usage.told_as(billed_at)


def test_at_the_price_it_was_held_for_every_token_is_told():
    assert (told(500, 5_000, 5_000), told(500, 5_000, 0)) == (500, 500)


@pytest.mark.parametrize(("held_at", "billed_at"), [(5_000, 4_000), (4_000, 5_000), (5_000, 3_600)])
def test_at_another_price_it_never_costs_more_than_it_was_held_for(held_at, billed_at):
    for tokens in range(50):
        left = tokens * held_at - told(tokens, held_at, billed_at) * billed_at
        assert 0 <= left < billed_at


@pytest.mark.parametrize(("held_at", "billed_at"), [(5_000, 4_000), (4_000, 5_000), (5_000, 3_600)])
def test_what_an_operator_gives_back_takes_off_what_was_told_and_no_more(held_at, billed_at):
    for tokens in range(50):
        assert told(-tokens, held_at, billed_at) == -told(tokens, held_at, billed_at)
