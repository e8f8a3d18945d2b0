"""What people answered before the work they belong to failed: nobody is asked and paid twice."""

import threading
from collections import OrderedDict

from app.domain.panel.shapes import Reaction

_MOST = 2_000

Place = tuple[str, int]  # a run and a seat


class Kept:
    """The newest reactions whose batch is not recorded yet."""

    def __init__(self) -> None:
        self._reactions: OrderedDict[Place, Reaction] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, run_id: str, reaction: Reaction) -> None:
        """Keep one until its batch is whole; the oldest go where there are too many."""
        with self._lock:
            self._reactions[run_id, reaction.number] = reaction
            while len(self._reactions) > _MOST:
                self._reactions.popitem(last=False)

    def of(self, run_id: str, number: int) -> Reaction | None:
        """A seat's reaction, where it is kept."""
        with self._lock:
            return self._reactions.get((run_id, number))

    def drop(self, run_id: str, number: int) -> None:
        """Its batch is whole."""
        with self._lock:
            self._reactions.pop((run_id, number), None)
