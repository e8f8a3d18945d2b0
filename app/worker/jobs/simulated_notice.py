"""Brings a notice of the simulated biller that its own process could not hand over."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.billing.simulated import SimulatedBiller
from app.kit import clock, logs
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler

_log = logs.logger("payments")


def run(services: Services, claim: Claim) -> None:
    """Sign it anew and hand it over; by its id whoever has it already knows it again."""
    biller = services.biller()
    if isinstance(biller, SimulatedBiller):  # else there is another provider by now
        biller.hand_over(claim.payload)
    with services.transaction() as session:
        outbox.finish(session, claim, clock.now())


def gave_up(_session: Session, claim: Claim, why: Failure) -> None:
    """What it was about stands; whoever looks at the organization's billing has it read anew."""
    _log.error("payments.not_told", notice=claim.payload["id"], why=why.message)


HANDLER = Handler(run, gave_up, failure="It could not be told or read.")
