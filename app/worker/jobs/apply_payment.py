"""Reads again what a notice of the payment provider was about, and applies it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.billing import notices
from app.domain.billing.biller import BillerAway, NotOurMoney
from app.kit import clock, logs
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler

_log = logs.logger("payments")


def run(services: Services, claim: Claim) -> None:
    """Apply it, or come back where the provider does not answer."""
    facts: dict[str, Any] = claim.payload
    try:
        note = services.till.apply(facts["subject"], facts["object_id"], clock.now())
    except NotOurMoney as other:
        with services.transaction() as session:
            if outbox.forget(session, claim):
                notices.refused(session, facts["cause"], other.message)
        return
    except BillerAway as away:
        _later(services, claim, away)
        return
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()):
            notices.settled(session, facts["cause"], note)


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """The notice stays as taken, and the failure in both rows, for the operator to see."""
    _log.error("payments.not_applied", cause=claim.payload["cause"], why=why.message)
    notices.failed(session, claim.payload["cause"], why.message)


def _later(services: Services, claim: Claim, away: BillerAway) -> None:
    until = datetime.fromisoformat(claim.payload["since"]) + notices.PATIENCE
    with services.transaction() as session:
        if not outbox.postpone(session, claim, clock.now(), away.message, until):
            gave_up(session, claim, Failure(away.code, away.message))


HANDLER = Handler(run, gave_up, failure="It could not be told or read.")
