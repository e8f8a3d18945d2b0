"""The account's clock: it stands until it is moved, and what falls due happens in order."""

import heapq
from collections.abc import Callable

from tests.fake_stripe.ground.state import State

HOUR, DAY = 3600, 86400
WHEN_DUE: dict[str, Callable[[State, str], None]] = {}
# At one moment, a change of plan comes before the renewal that bills it.
RANK = {"schedule": 0, "subscription": 1}


def when_due(name: str) -> Callable[[Callable[[State, str], None]], Callable[[State, str], None]]:
    """Name what happens to a thing at its moment."""

    def named(function: Callable[[State, str], None]) -> Callable[[State, str], None]:
        WHEN_DUE[name] = function
        return function

    return named


def plan(state: State, at: int, name: str, identifier: str) -> None:
    """Let something fall due; whoever does it looks again whether it still holds."""
    state.counts["due"] += 1
    heapq.heappush(state.due, (at, RANK.get(name, 2), state.counts["due"], name, identifier))


def advance(state: State, to: int) -> None:
    """Move the clock, stopping at every moment where something is due."""
    while state.due and state.due[0][0] <= to:
        at, _, _, name, identifier = heapq.heappop(state.due)
        state.now = max(state.now, at)
        WHEN_DUE[name](state, identifier)
    state.now = max(state.now, to)
