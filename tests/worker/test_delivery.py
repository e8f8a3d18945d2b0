"""One piece of work from its id to its end, whoever else tries, dies or comes late."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import outbox
from app.domain import wallets
from app.kit import clock
from app.models.runs import Run
from app.models.work import Work
from app.worker.delivery import Delivery
from app.worker.jobs import HANDLERS
from tests.engines import Hooked, fail
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import begin, order, reading
from tests.together import together
from tests.working import open_work, wear_out, with_engine

LEASE_OVER = outbox.LEASE + timedelta(seconds=1)


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


@pytest.fixture
def run(services, who):
    """A started run of one batch."""
    return begin(services, who, order(50)).id


def work_row(services):
    with services.database.reading() as session:
        return session.scalars(select(Work).where(Work.kind == "react_batch")).one()


def packs(services, who):
    with services.database.reading() as session:
        standing = wallets.standing(session, who.wallet, clock.now())
    return standing.packs, standing.held


def test_an_id_nobody_recorded_does_nothing(services, run):
    Delivery(services, "w")("wrk_unknown")
    assert work_row(services).attempts == 0


def test_every_recorded_kind_of_work_has_somebody_to_do_it_and_to_give_it_up():
    assert set(HANDLERS) >= {"react_batch", "synthesise", "conclude", "answer_turn"}
    assert all(callable(h.run) and callable(h.gave_up) for h in HANDLERS.values())


def test_an_id_that_comes_twice_is_worked_off_once(services, who, run):
    calls = []
    works = with_engine(services, Hooked(react=lambda *_: calls.append(1)))
    [work_id] = open_work(works)
    together(8, lambda n: Delivery(works, f"w{n}")(work_id))
    Delivery(works, "late")(work_id)
    assert calls == [1]


def test_a_worker_that_lost_its_lease_records_nothing(services, who, run):
    """The first worker stalls in the engine; a second takes over and ends the batch."""
    plain = with_engine(services, PlainEngine())

    with time_machine.travel(clock.now(), tick=False) as traveller:

        def stall(*_):
            traveller.shift(LEASE_OVER)
            work_off(plain)

        [work_id] = open_work(services)
        Delivery(with_engine(services, Hooked(react=stall)), "slow")(work_id)
    assert work_row(services).owner == "test-worker"
    with reading(services, run) as row:
        assert (row.status, row.personas_done) == ("complete", 50)
    assert packs(services, who) == (950, 0)


def test_a_worker_that_lost_its_lease_and_fails_spoils_nothing(services, who, run):
    plain = with_engine(services, PlainEngine())

    with time_machine.travel(clock.now(), tick=False) as traveller:

        def stall(*_):
            traveller.shift(LEASE_OVER)
            work_off(plain)
            fail()

        [work_id] = open_work(services)
        Delivery(with_engine(services, Hooked(react=stall)), "slow")(work_id)
    assert work_row(services).error is None
    with reading(services, run) as row:
        assert row.status == "complete"


def test_a_failure_is_written_down_and_tried_again_later(services, run):
    [work_id] = open_work(services)
    Delivery(with_engine(services, Hooked(react=fail)), "w")(work_id)
    row = work_row(services)
    assert (row.error, row.lease_until, row.ended_at) == ("Outage: ", None, None)
    Delivery(services, "w")(work_id)
    assert work_row(services).attempts == 1, "it is not due yet"


def test_work_whose_workers_all_died_is_given_up_and_refunded(services, who, run):
    """Nobody ever says that they failed: each takes the work and is gone."""
    [work_id] = open_work(services)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for number in range(5):
            with services.transaction() as session:
                outbox.claim(session, work_id, f"dead {number}", HANDLERS, clock.now())
            traveller.shift(LEASE_OVER)
        Delivery(services, "alive")(work_id)
    assert work_row(services).error == "Every attempt ended without an answer."
    with reading(services, run) as row:
        assert (row.status, row.refunded_tokens) == ("failed", 50)
        assert row.failure_message == "Every attempt ended without an answer."
    assert packs(services, who) == (1_000, 0)


def test_what_a_worker_died_of_is_not_shown_to_the_customer(services, who, run):
    def leak(*_):
        raise RuntimeError("/secret/path and sk_live_secret")

    wear_out(with_engine(services, Hooked(react=leak)))
    with reading(services, run) as row:
        assert row.failure_message == "The panel could not be run."


def test_work_for_a_run_that_is_gone_just_ends(services, run):
    with services.transaction() as session:
        session.delete(session.get_one(Run, run))
    work_off(with_engine(services, PlainEngine()))
    assert open_work(services) == []
