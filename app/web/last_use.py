"""What keys are used for: noted in memory, written by a thread of its own, never in the way."""

import threading
from collections import deque
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.bootstrap import Services
from app.db import DatabaseAway
from app.domain import key_use
from app.domain.key_use import CALLS_KEPT, Called, Use
from app.kit import logs

FLUSH_S = 5.0

_PATIENCE_S = 10.0  # a writer that takes longer waits for a database that is away

_log = logs.logger("web")


class LastUse:
    """Collects uses and writes them every few seconds; the thread starts with the first one."""

    def __init__(self, services: Services, *, every_s: float = FLUSH_S) -> None:
        self._services = services
        self._every_s = every_s
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._uses: dict[str, Use] = {}
        self._calls: dict[str, deque[Called]] = {}
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def note(self, key_id: str, address: str, now: datetime) -> None:
        """Remember a use."""
        with self._lock:
            before = self._uses.get(key_id)
            self._uses[key_id] = Use(now, address, 1 if before is None else before.times + 1)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def call(self, credential_id: str, call: Called) -> None:
        """Remember a call by whoever's use was noted; of many in one go the newest."""
        with self._lock:
            self._calls.setdefault(credential_id, deque(maxlen=CALLS_KEPT)).append(call)

    def flush(self) -> None:
        """Write down what was noted so far; what another thread is writing is waited for."""
        with self._writing:
            with self._lock:
                uses, self._uses = self._uses, {}
                calls, self._calls = self._calls, {}
            # One after the other: rows of both kinds are locked in their order, not across.
            if uses:
                with self._services.database.transaction() as session:
                    key_use.note(session, uses)
            if calls:
                with self._services.database.transaction() as session:
                    key_use.note_calls(session, calls)

    def stop(self) -> None:
        """End the thread, once it has written what it is writing, and write the last uses."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
        self._try_to_flush()

    def _run(self) -> None:
        while not self._stopped.wait(self._every_s):
            self._try_to_flush()

    def _try_to_flush(self) -> None:
        try:
            self.flush()
        except (DatabaseAway, SQLAlchemyError) as error:  # a lost "last used" harms nobody
            _log.warning("last_use.not_written", exc_info=error)
