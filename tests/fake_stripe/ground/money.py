"""Amounts in minor units: integers always, rounded once, half away from zero."""

from decimal import ROUND_HALF_UP, Decimal

from tests.fake_stripe.ground.state import Thing


def cost(price: Thing, quantity: int) -> int:
    """What a quantity of a price costs."""
    return whole(Decimal(price["unit_amount_decimal"]) * quantity)


def share(amount: int, part: int, of: int) -> int:
    """The part of an amount that falls on a part of a period."""
    return whole(Decimal(amount) * part / of)


def whole(amount: Decimal) -> int:
    """A whole number of the smallest unit."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def in_dollars(amount: int) -> str:
    """`$12.30`, for the sentences of refusals and pages."""
    return f"${amount // 100}.{amount % 100:02d}"
