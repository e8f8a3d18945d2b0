"""Answers one question of a thread."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.runs import turns
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler
from app.worker.plans import plan_of


def run(services: Services, claim: Claim) -> None:
    """Ask the seats outside any transaction, then keep and charge what they said."""
    thread_id, number = claim.payload["thread_id"], claim.payload["turn"]
    with services.database.reading() as session:
        work = turns.turn_work(session, thread_id, number)
    if work is None:
        with services.transaction() as session:
            outbox.finish(session, claim, clock.now())
        return
    engine = services.engine_for(work.engine, work.account)
    plan = plan_of(services, thread_id, work.request)
    answers = engine.ask(plan, work.reactions, work.question, work.history)
    summary = engine.summarise(work.question, answers)
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()):
            turns.record_answers(session, thread_id, number, answers, summary, clock.now())


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """The question is refunded, and says why."""
    thread_id, number = claim.payload["thread_id"], claim.payload["turn"]
    turns.fail_turn(session, thread_id, number, why.code, why.message, clock.now())


HANDLER = Handler(run, gave_up, failure="Every attempt to answer it broke off.")
