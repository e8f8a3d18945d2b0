"""Takes one piece of work by its id, does it, and sees to it that it ends."""

import time
from functools import partial

from app import outbox
from app.bootstrap import Services
from app.db import afterwards
from app.domain.runs import pausing
from app.errors import PolisError
from app.kit import clock, logs, meters, tracing
from app.outbox import Claim
from app.worker.jobs import HANDLERS
from app.worker.jobs.base import Failure

_log = logs.logger("worker")


class Delivery:
    """What one worker process does with the ids it is sent."""

    def __init__(self, services: Services, owner: str) -> None:
        self._services = services
        self.owner = owner
        self.at_work: set[str] = set()  # what lives as long as we say so

    def __call__(self, work_id: str) -> None:
        """Do the work, or nothing where it is done, not due, or somebody else's."""
        self.at_work.add(work_id)
        try:
            self._do(work_id)
        finally:
            self.at_work.discard(work_id)

    def _do(self, work_id: str) -> None:
        with self._services.transaction() as session:
            claim = outbox.claim(session, work_id, self.owner, HANDLERS, clock.now())
        if claim is None:
            return
        logs.bind(request_id=claim.request_id, work=claim.id, kind=claim.kind)
        if claim.spent:
            self._give_up(claim, Failure(pausing.ENGINE, "Every attempt ended without an answer."))
            return
        began = time.perf_counter()
        try:
            with tracing.job(claim.kind, claim.request_id):
                HANDLERS[claim.kind].run(self._services, claim)
        except Exception as error:  # noqa: BLE001 # whatever fails is tried again, or refunded
            self._failed(claim, error)
        else:
            meters.WORK_DONE.add(claim.kind)
            _log.info("work.done", attempt=claim.fence, ms=_ms(began))
        meters.WORK_SECONDS.observe(time.perf_counter() - began, claim.kind)

    def _failed(self, claim: Claim, error: Exception) -> None:
        meters.WORK_FAILED.add(claim.kind)
        _log.error("work.failed", attempt=claim.fence, exc_info=error)
        if claim.last_attempt:
            self._give_up(claim, _failure(claim, error))
            return
        with self._services.transaction() as session:
            outbox.retry(session, claim, clock.now(), f"{type(error).__name__}: {error}")

    def _give_up(self, claim: Claim, why: Failure) -> None:
        with self._services.transaction() as session:
            if outbox.finish(session, claim, clock.now(), error=why.message):
                HANDLERS[claim.kind].gave_up(session, claim, why)
                afterwards(session, partial(meters.WORK_GIVEN_UP.add, claim.kind))


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _failure(claim: Claim, error: Exception) -> Failure:
    """A refusal speaks for itself; what died without a word for people is ours."""
    if isinstance(error, PolisError):
        return Failure(error.code, error.message)
    return Failure(pausing.ENGINE, HANDLERS[claim.kind].failure)
