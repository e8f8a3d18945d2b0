"""Brings an event to an endpoint; every attempt is a piece of work of its own."""

import time
from typing import Any

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.fetching import NotFetched
from app.domain.sealed import Lost
from app.domain.webhooks import deliveries
from app.domain.webhooks.deliveries import LONGEST_ANSWER, Outcome, Request
from app.kit import clock, meters
from app.kit.plain import plain
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler

_MOVED = range(300, 400)


def run(services: Services, claim: Claim) -> None:
    """Sign, send outside any transaction, and write down what came of it."""
    outcome = _outcome(services, claim.payload)
    if outcome is not None:
        meters.WEBHOOKS.add("none" if outcome.status is None else f"{outcome.status // 100}xx")
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()):
            deliveries.settle(session, claim.payload, outcome, clock.now())


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """Workers died over it: that attempt failed, and the next one has its time."""
    now = clock.now()
    deliveries.settle(session, claim.payload, Outcome(now, 0, None, why.message), now)


def _outcome(services: Services, payload: dict[str, Any]) -> Outcome | None:
    """None where nobody wants it any more."""
    now = clock.now()
    try:
        with services.database.reading() as session:
            request = deliveries.prepared(session, payload, services.links.keys, now)
    except Lost:
        return Outcome(now, 0, None, "The secret cannot be opened any more. Roll it.")
    return None if request is None else _sent(services, request)


def _sent(services: Services, request: Request) -> Outcome:
    at, began = clock.now(), time.monotonic()

    def took() -> int:
        return int((time.monotonic() - began) * 1000)

    try:
        told = services.fetcher.post(
            request.url, request.body, request.headers, most_bytes=LONGEST_ANSWER
        )
    except NotFetched as error:
        return Outcome(at, took(), None, error.sentence)
    problem = "Redirects are not followed." if told.status in _MOVED else ""
    answer = plain(told.beginning.decode("utf-8", "replace"))
    return Outcome(at, took(), told.status, problem, answer)


HANDLER = Handler(run, gave_up)
