"""Makes the report of a run whose seats have all answered."""

from app import outbox
from app.bootstrap import Services
from app.domain.runs import pausing, progress
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Handler
from app.worker.jobs.react_batch import gave_up
from app.worker.plans import plan_of


def run(services: Services, claim: Claim) -> None:
    """Read the reactions, synthesise them outside any transaction, keep the report."""
    run_id = claim.payload["run_id"]
    with services.database.reading() as session:
        waiting = progress.waiting_for_synthesis(session, run_id)
    if waiting is None:
        with services.transaction() as session:
            outbox.finish(session, claim, clock.now())
        return
    if waiting.no_panel is not None:
        with services.transaction() as session:
            if outbox.finish(session, claim, clock.now()):
                progress.fail(session, run_id, pausing.ENGINE, waiting.no_panel, clock.now())
        return
    engine = services.engine_for(waiting.engine, waiting.account)
    plan = plan_of(services, run_id, waiting.request)
    synthesis = progress.noted(engine.synthesise(plan, waiting.reactions), waiting.notes)
    digest = progress.digest_of(waiting.request, synthesis, waiting.reactions)
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()):
            progress.complete(session, run_id, synthesis, digest, clock.now())


HANDLER = Handler(run, gave_up)
