"""Money reads alike wherever it is written."""

import pytest

from app.kit.money import usd


@pytest.mark.parametrize(
    ("micros", "read"),
    [
        (0, "$0.00"), (1_200_500_000, "$1,200.50"), (24_500, "$0.0245"),
        (-3_000_000, "\N{MINUS SIGN}$3.00"), (49_000_000, "$49.00"),
    ],
)  # fmt: skip
def test_an_amount_reads_in_dollars_and_cents_and_a_price_below_a_cent_in_full(micros, read):
    assert usd(micros) == read
