"""Tells the payment provider of overage that was charged, once for each entry of the ledger."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.billing import metering, reporting
from app.domain.billing.biller import BillerAway, NoSuchObject
from app.domain.billing.metering import Usage
from app.errors import PolisError
from app.kit import clock, logs
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler

_log = logs.logger("payments")


def run(services: Services, claim: Claim) -> None:
    """Report it, or come back where the provider does not answer; its count is by entry."""
    entry_id = claim.payload["entry_id"]
    with services.database.reading() as session:
        usage = metering.of(session, entry_id)
    if usage.mode != services.settings.payment_mode:  # money of another kind is none of its
        _end(services, claim)
        return
    try:
        reporting.report(services.till, usage, entry_id, clock.now())
    except (BillerAway, NoSuchObject) as away:  # a deleted customer is another once we hear of it
        _later(services, claim, usage, away)
        return
    _end(services, claim)


def gave_up(_session: Session, claim: Claim, why: Failure) -> None:
    """It is not billed; the ledger has it, and the failure stands in the row for the operator."""
    _log.error("payments.usage_not_reported", entry=claim.payload["entry_id"], why=why.message)


def _end(services: Services, claim: Claim) -> None:
    with services.transaction() as session:
        outbox.finish(session, claim, clock.now())


def _later(services: Services, claim: Claim, usage: Usage, away: PolisError) -> None:
    until = usage.at + metering.PATIENCE
    with services.transaction() as session:
        if not outbox.postpone(session, claim, clock.now(), away.message, until):
            gave_up(session, claim, Failure(away.code, away.message))


HANDLER = Handler(run, gave_up, failure="It could not be told or read.")
