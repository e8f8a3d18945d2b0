"""How long a page waits before it asks again by itself: longer each time."""

_FIRST_S, _GROWTH, _LONGEST_S = 2.0, 1.4, 30.0
_AGAIN_S = 8.0
_MOST = 1_000


def wait(turn: int) -> int:
    """Seconds to wait at this turn."""
    return int(min(_LONGEST_S, _FIRST_S * _GROWTH ** min(turn, 20)))


def trigger(wait_s: float) -> str:
    """When htmx asks: after the wait, and where no answer came or an error, every while again."""
    return f"load delay:{wait_s:g}s, every {max(wait_s * 4, _AGAIN_S):g}s"


def of(given: str | None) -> int:
    """The turn an address names; whatever is no number is the first."""
    return min(int(given), _MOST) if given and given.isascii() and given.isdecimal() else 0
