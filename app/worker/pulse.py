"""What a worker does beside its work: say that it lives, and send what nobody took."""

import threading
from collections.abc import Callable, Collection, Iterable

from sqlalchemy.exc import SQLAlchemyError

from app import outbox
from app.bootstrap import Services
from app.db import DatabaseAway
from app.kit import clock, logs
from app.worker import accounting, chores, letting_go

BEAT_S = 10  # a third of a lease
SWEEP_S = 15
TIDY_S = 600
ACCOUNTS_S = 60

_PASSES = (DatabaseAway, SQLAlchemyError, OSError)  # database, or disk: they will be back

_log = logs.logger("worker")


class Pulse:
    """Runs the worker's rhythms in threads of their own until it stops."""

    def __init__(
        self, services: Services, owner: str, at_work: Collection[str] = frozenset()
    ) -> None:
        self._services = services
        self._owner = owner
        self._at_work = at_work
        self._ahead: set[outbox.Held] = set()  # by the last sweep
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._every, args=rhythm, daemon=True)
            for rhythm in self._rhythms()
        ]

    def start(self) -> None:
        """Begin; the first sweep takes up what an earlier process left."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Give everything back, so that others need not wait for the leases to end."""
        self._stopped.set()
        for thread in self._threads:
            if thread.ident is not None:  # one that is stopped as it starts has not begun them all
                thread.join(timeout=5)
        with self._services.database.transaction() as session:
            outbox.give_back(session, self._owner)
            outbox.leave(session, self._owner)

    def _rhythms(self) -> Iterable[tuple[float, Callable[[], None]]]:
        return (
            (BEAT_S, self._beat),
            (SWEEP_S, self._sweep),
            (TIDY_S, self._tidy),
            (TIDY_S, self._let_go),
            (ACCOUNTS_S, self._account),
        )

    def _every(self, seconds: float, act: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                act()
            except _PASSES as error:
                _log.warning("worker.rhythm_missed", exc_info=error)
            except Exception as error:  # noqa: BLE001 # a thread that ended would go unseen: the beat goes on
                _log.error("worker.rhythm_failed", exc_info=error)
            self._stopped.wait(seconds)

    def _beat(self) -> None:
        with self._services.database.transaction() as session:
            outbox.renew(session, self._owner, clock.now(), tuple(self._at_work))

    def _sweep(self) -> None:
        with self._services.database.reading() as session:
            now = clock.now()
            ahead, due = outbox.held_ahead(session, now), outbox.due(session, now)
        if stale := ahead & self._ahead:
            with self._services.database.transaction() as session:
                outbox.let_go(session, stale)
        self._ahead = ahead - stale
        self._services.send(due)

    def _let_go(self) -> None:
        """What has been kept as long as it was to be, in small batches."""
        letting_go.all_of_it(self._services, self._stopped.is_set)

    def _account(self) -> None:
        """Renewals and ends that nobody asks for."""
        accounting.all_of_it(self._services)

    def _tidy(self) -> None:
        """What nobody can use any more, and what else is due now and then."""
        chores.all_of_them(self._services, self._stopped.is_set)
