"""What was committed to SQLite outlives a power cut before it is answered; many share one sync.

SQLite itself would sync within the commit, while every other writer waits for its lock. Here the
lock is free again when the sync begins, and one sync serves all who committed before it.
"""

import os
import threading
from collections.abc import Callable


class Durable:
    """One sync at a time, each for all who wait when it begins (decisions/0019)."""

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._state = threading.Condition()
        self._begun = 0
        self._done = 0

    def wait(self) -> None:
        """Come back once all that was committed before is on the disk."""
        with self._state:
            covering = self._begun + 1  # one that began earlier may have missed us
            while self._done < covering:
                if self._begun == self._done:
                    self._lead()
                else:
                    self._state.wait()

    def _lead(self) -> None:
        """Sync for everybody who waits; others commit meanwhile, and wait for the next."""
        self._begun += 1
        self._state.release()
        done = False
        try:
            self._sync()
            done = True
        finally:
            self._state.acquire()
            if done:
                self._done = self._begun
            else:
                self._begun = self._done  # each who waits meets the trouble in a sync of their own
            self._state.notify_all()


def sync(log: str) -> None:
    """Bring a log to the disk; one that is gone was copied into its database by who removed it."""
    try:
        opened = os.open(log, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        _sync(opened)
    finally:
        os.close(opened)


_sync = getattr(os, "fdatasync", os.fsync)  # macOS has but the second
