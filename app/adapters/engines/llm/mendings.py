"""How often a model may be asked to mend what it answered."""

import threading


class Mendings:
    """So many, whoever asks: more would cost more than the work earns."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._lock = threading.Lock()

    def one(self) -> bool:
        """Whether one more may be asked for; it is counted."""
        with self._lock:
            self._left -= 1
            return self._left >= 0
