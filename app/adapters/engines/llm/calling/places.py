"""How many calls go out at once: as many as the provider bears."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Places:
    """Halved whenever the provider asks for patience; one more after a round without."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._limit = most
        self._busy = 0
        self._good = 0
        self._state = threading.Condition()

    @property
    def limit(self) -> int:
        """Calls that may be under way at present."""
        return self._limit

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One of the places, waited for."""
        with self._state:
            self._state.wait_for(lambda: self._busy < self._limit)
            self._busy += 1
        try:
            yield
        finally:
            with self._state:
                self._busy -= 1
                self._state.notify_all()

    def went_well(self) -> None:
        """A call was answered."""
        with self._state:
            self._good += 1
            if self._good >= self._limit and self._limit < self.most:
                self._limit += 1
                self._good = 0
                self._state.notify_all()

    def too_many(self) -> None:
        """The provider asked for patience."""
        with self._state:
            self._limit = max(1, self._limit // 2)
            self._good = 0
