"""Dollars and parts of tokens, reckoned exactly, as the numbers that JSON has."""

from decimal import Decimal

Number = float  # all that JSON knows; nothing reckons with one

_FOUR_DECIMALS = Decimal("0.0001")


def dollars(micros: int) -> Number:
    """Micro-dollars as machines read them: at most four decimals."""
    return number(Decimal(micros).scaleb(-6))


def number(exact: Decimal) -> Number:
    """A figure as machines read it."""
    return float(exact.quantize(_FOUR_DECIMALS))
