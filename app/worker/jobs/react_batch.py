"""Lets a batch of seats react, outside any transaction, and records them in one."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.panel.shapes import Reaction
from app.domain.runs import progress
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler
from app.worker.plans import plan_of


def run(services: Services, claim: Claim) -> None:
    """Do what is left of a batch; a run that is over only ends the claim."""
    run_id, batch = claim.payload["run_id"], claim.payload["batch"]
    with services.transaction() as session:
        work = progress.work_left(session, run_id, batch, clock.now())
    reactions: Sequence[Reaction] | None = None
    if work is not None:
        engine = services.engine_for(work.engine, work.account)
        reactions = engine.react(plan_of(services, run_id, work.request), work.seats)
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()) and reactions is not None:
            progress.record(session, run_id, batch, reactions, clock.now())


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """The run ends here and everything is refunded."""
    progress.fail(session, claim.payload["run_id"], why.code, why.message, clock.now())


HANDLER = Handler(run, gave_up)
