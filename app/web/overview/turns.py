"""How long a page waits before it asks again by itself: longer each time."""

_FIRST_S, _GROWTH, _LONGEST_S = 2.0, 1.4, 30.0
_MOST = 1_000


def wait(turn: int) -> int:
    """Seconds to wait at this turn."""
    return int(min(_LONGEST_S, _FIRST_S * _GROWTH ** min(turn, 20)))


def of(given: str | None) -> int:
    """The turn an address names; whatever is no number is the first."""
    return min(int(given), _MOST) if given and given.isascii() and given.isdecimal() else 0
