"""What ends a comparison comes from several workers and its owner at the same instant."""

import pytest
from sqlalchemy import func, select

from app.domain import wallets
from app.domain.runs import find, outcome, progress
from app.kit import clock
from app.models.billing import LedgerEntry
from app.models.runs import StoredReaction
from app.models.work import Work
from app.worker.delivery import Delivery
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.rounds import rounds
from tests.starting import compare, order
from tests.together import together
from tests.working import deliver, open_work, with_engine


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000_000))


def test_reports_that_arrive_while_a_comparison_is_cancelled_meet_no_deadlock(works, who):
    for _ in range(rounds(60)):
        begun = ready_to_report(works, who)
        first, second = open_work(works, "synthesise")
        acts = (
            lambda work=first: deliver_one(works, work),
            lambda work=second: deliver_one(works, work),
            lambda handle=begun.id: cancel(works, who, handle),
        )
        together(3, lambda n, acts=acts: acts[n]())
        ended_cleanly(works, who, begun)


def test_variants_that_fail_at_the_same_instant_meet_no_deadlock(works, who):
    for _ in range(rounds(60)):
        begun = two(works, who, 20)
        together(4, lambda n, runs=begun.run_ids: fail_run(works, runs[n % 2]))
        ended_cleanly(works, who, begun)
        assert charged(works, begun) == 0


def test_batches_that_arrive_while_a_comparison_ends_are_paid_and_shown_or_neither(works, who):
    for _ in range(rounds(200)):
        begun = two(works, who, 100)
        acts = [lambda work=work: deliver_one(works, work) for work in open_work(works)]
        acts.append(lambda handle=begun.id: cancel(works, who, handle))
        together(5, lambda n, acts=acts: acts[n]())
        ended_cleanly(works, who, begun)


def ready_to_report(works, who):
    """A comparison of which every seat has answered."""
    begun = two(works, who, 20)
    for _ in range(2):
        deliver(works, "react_batch")
    return begun


def two(works, who, personas):
    return compare(works, who, order(personas, content="One"), order(personas, content="Two"))


def cancel(works, who, handle):
    with works.transaction() as session:
        return outcome.cancel(session, who, handle, clock.now())


def deliver_one(works, work_id):
    Delivery(works, f"worker-of-{work_id}")(work_id)


def fail_run(works, run_id):
    with works.transaction() as session:
        progress.fail(session, run_id, "engine_unavailable", "It broke.", clock.now())


def charged(works, begun):
    statement = select(func.coalesce(func.sum(LedgerEntry.tokens), 0)).where(
        LedgerEntry.cause == f"compare:{begun.id}", LedgerEntry.kind == "charge"
    )
    with works.database.reading() as session:
        return -int(session.scalar(statement))


def ended_cleanly(works, who, begun):
    """Whatever came first: no step failed, and every run shows exactly what was paid for."""
    work_off(works)
    with works.database.reading() as session:
        assert list(session.scalars(select(Work.error).where(Work.error.is_not(None)))) == []
        assert wallets.standing(session, who.wallet, clock.now()).held == 0
        runs = find.variants(session, begun.id)
        shown = [session.scalar(_reactions(run.id)) for run in runs]
    assert charged(works, begun) == sum(outcome.delivered(run) for run in runs)
    paid = [0 if run.status == "failed" else run.personas_done for run in runs]
    assert shown == paid


def _reactions(run_id):
    return select(func.count()).where(StoredReaction.run_id == run_id)
