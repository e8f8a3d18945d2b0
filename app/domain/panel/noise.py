"""Bell-shaped and extreme-value draws by exact arithmetic: no libm, so no machine differs."""

from collections.abc import Iterable
from functools import reduce
from math import frexp, ldexp, sqrt
from operator import add

_LN2 = 0.6931471805599453
_QUARTER = 0xFFFF
_SMALLEST = 2.0**-54
_CENTRE = 2.0 * _QUARTER
_SPREAD = sqrt(3.0) / _QUARTER  # four uniforms have variance 1/3


def bell(word: int) -> float:
    """A near-normal number of mean 0 and variance 1 out of 64 bits (sum of four uniforms)."""
    total = (word & _QUARTER) + (word >> 16 & _QUARTER) + (word >> 32 & _QUARTER) + (word >> 48)
    return (total - _CENTRE) * _SPREAD


def gumbel(unit: float) -> float:
    """The extreme-value quantile that turns utilities into a multinomial logit."""
    inner = -ln(max(unit, _SMALLEST))
    return -ln(max(inner, _SMALLEST))


def probit(unit: float) -> float:
    """The normal quantile, within .0005 (Abramowitz and Stegun 1964, formula 26.2.23)."""
    tail = max(min(unit, 1.0 - unit), _SMALLEST)
    t = sqrt(-2.0 * ln(tail))
    above = 2.515517 + t * (0.802853 + t * 0.010328)
    below = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    size = t - above / below
    return -size if unit < 0.5 else size


def ln(x: float) -> float:
    """The natural logarithm by its own series: the same bits on every machine."""
    mantissa, exponent = frexp(x)
    t = (mantissa - 0.75) / (mantissa + 0.75)
    square = t * t
    series = 0.0
    for odd in (15, 13, 11, 9, 7, 5, 3, 1):
        series = series * square + 1.0 / odd
    return exponent * _LN2 + 2.0 * t * series + _LN_THREE_QUARTERS


_LN_THREE_QUARTERS = -0.2876820724517809


def exp(x: float) -> float:
    """The exponential by its own series, for arguments of a few dozen at most."""
    halvings = round(x / _LN2)
    rest = x - halvings * _LN2
    series = 1.0
    for power in range(14, 0, -1):
        series = 1.0 + rest * series / power
    return ldexp(series, halvings)


def squash(x: float) -> float:
    """Any number brought into -1 … 1, steepest at nought."""
    return x / (1.0 + abs(x))


def total(values: Iterable[float]) -> float:
    """The sum from left to right; the built-in one rounds differently from Python 3.12 on."""
    return reduce(add, values, 0.0)
