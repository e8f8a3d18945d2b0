"""How long a delivery waits before it is tried again: eight times over a day."""

from datetime import timedelta
from secrets import SystemRandom

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=7),
    timedelta(hours=10),
)
MOST = len(PAUSES) + 1
JITTER = 0.1  # of a pause, so that many who failed together do not come back together

_chance = SystemRandom()


def after(attempt: int) -> timedelta | None:
    """The pause after so many failed attempts; None where that was the last."""
    if attempt > len(PAUSES):
        return None
    return PAUSES[attempt - 1] * (1 + _chance.uniform(0, JITTER))
