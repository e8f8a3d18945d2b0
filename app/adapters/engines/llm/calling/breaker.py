"""Stops asking a provider that fails again and again, and looks now and then whether it is back."""

import threading
import time
from collections.abc import Callable

from app.domain.tariff.away import ModelAway
from app.kit import logs, meters

_log = logs.logger("model")


class Breaker:
    """Open after so many failures in a row; after a rest one call tries, and its end decides."""

    def __init__(
        self, *, after: int = 10, rest_s: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._after = after
        self._rest_s = rest_s
        self._clock = clock
        self._failed = 0
        self._until: float | None = None  # closed: None
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether calls are refused at present."""
        return self._until is not None

    def enter(self) -> None:
        """Let a call through, or refuse it at once."""
        with self._lock:
            if self._until is None:
                return
            if self._clock() < self._until:
                raise ModelAway("The model's provider does not answer just now.")
            self._until = self._clock() + self._rest_s  # this call tries; others wait for its end

    def went_well(self) -> None:
        """An answer came."""
        with self._lock:
            if self._until is not None:
                _log.warning("model.back")
            self._failed, self._until = 0, None

    def failed(self) -> None:
        """No answer came, and not by what was asked."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._after:
                if self._until is None:
                    meters.MODEL_AWAY.add()
                    _log.error("model.away", failures=self._failed)
                self._until = self._clock() + self._rest_s
