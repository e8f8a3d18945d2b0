"""What a worker does beside its work: it lives, it looks for what was lost, it tidies up."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from structlog.testing import capture_logs

from app import outbox
from app.adapters.mail.mailbox import Mailbox
from app.domain import idempotency
from app.domain.tariff import spending
from app.kit import clock
from app.models.billing import IdempotentAnswer
from app.models.credentials import ApiKey
from app.models.limits import DailyTotal
from app.worker.pulse import Pulse
from tests.factories import caller, member
from tests.fakes import work_off
from tests.starting import begin
from tests.working import open_work

WITHIN_S = 10


@pytest.fixture
def pulse(services):
    return Pulse(services, "me")


@pytest.fixture
def work_id(services):
    """A piece of work whose message was lost on the way."""
    begin(services, caller(services, member(services, tokens=100)))
    services.send.parcels.clear()
    return open_work(services)[0]


def take(services, work_id, owner="me"):
    with services.transaction() as session:
        return outbox.claim(session, work_id, owner, {"react_batch"}, clock.now())


def test_a_sweep_sends_what_was_lost_on_the_way(services, pulse, work_id):
    pulse._sweep()
    assert services.send.sent == [work_id]


def test_a_sweep_sends_what_a_dead_worker_held_when_its_lease_is_over(services, pulse, work_id):
    take(services, work_id, "dead")
    pulse._sweep()
    assert services.send.sent == []
    with time_machine.travel(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        pulse._sweep()
    assert services.send.sent == [work_id]


def test_a_sweep_frees_what_is_held_by_a_clock_put_right_and_by_nobody_else(
    services, pulse, work_id
):
    now = clock.now()
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        take(services, work_id, "dead")
    with time_machine.travel(now, tick=False):
        pulse._sweep()  # it may still live, and say so within a beat
        assert services.send.sent == []
        pulse._sweep()
        pulse._sweep()
    assert services.send.sent == [work_id]


def test_a_worker_that_lives_keeps_its_work_when_the_clock_is_put_right(services, work_id):
    pulse, now = Pulse(services, "me", {work_id}), clock.now()
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        take(services, work_id, "me")
    with time_machine.travel(now, tick=False):
        for _ in range(4):
            pulse._sweep()
            pulse._beat()
    assert services.send.sent == []


def test_a_beat_keeps_what_this_worker_is_at(services, work_id):
    pulse = Pulse(services, "me", {work_id})
    take(services, work_id)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(6):
            traveller.shift(timedelta(seconds=10))
            pulse._beat()
            pulse._sweep()
        assert services.send.sent == []
        with services.database.reading() as session:
            assert outbox.last_beat(session, clock.now()) == clock.now()


def test_a_worker_that_stops_gives_back_and_says_goodbye(services, pulse, work_id):
    pulse.start()
    take(services, work_id)
    pulse.stop()
    with services.database.reading() as session:
        assert outbox.due(session, clock.now()) == [(work_id, False)]
        assert outbox.last_beat(session, clock.now()) is None


def test_a_beat_lets_go_of_work_whose_end_could_not_be_written(services, pulse, work_id):
    """Its worker lives, and is at something else: the database was away when it ended."""
    take(services, work_id)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        pulse._beat()
        traveller.shift(outbox.LEASE + timedelta(seconds=1))
        pulse._beat()
        pulse._sweep()
    assert services.send.sent == [work_id]


def test_a_worker_that_starts_sweeps_and_beats_at_once(services, work_id):
    swept = threading.Event()
    pulse = Pulse(replace(services, send=lambda _ids: swept.set()), "me")
    pulse.start()
    assert swept.wait(WITHIN_S)
    pulse.stop()


@pytest.mark.parametrize(
    ("mishap", "told"),
    [
        (OperationalError("SELECT 1", {}, Exception("away")), ("worker.rhythm_missed", "warning")),
        (OSError(28, "No space left on device"), ("worker.rhythm_missed", "warning")),
        (KeyError("nobody thought of"), ("worker.rhythm_failed", "error")),
    ],
    ids=["the database is away", "the disk is full", "unexpected"],
)
def test_no_mishap_stops_a_rhythm_and_each_is_logged_with_what_was_raised(pulse, mishap, told):
    turns, came_back = [], threading.Event()

    def act():
        turns.append(1)
        if len(turns) < 3:
            raise mishap
        came_back.set()

    rhythm = threading.Thread(target=pulse._every, args=(0.01, act))
    with capture_logs() as logged:
        rhythm.start()
        assert came_back.wait(WITHIN_S)
        pulse._stopped.set()
        rhythm.join(WITHIN_S)
    assert [(line["event"], line["log_level"]) for line in logged] == [told] * 2
    assert {line["exc_info"] for line in logged} == {mishap}


def test_tidying_forgets_old_answers_and_ended_work(services, pulse, work_id):
    with services.transaction() as session:
        who = caller(services, member(services))
        idempotency.once(session, who, "t", "k", {}, lambda: {"n": 1}, clock.now())
    work_off(services)
    with time_machine.travel(clock.now() + idempotency.KEPT + timedelta(days=1)):
        pulse._tidy()
    with services.database.reading() as session:
        assert session.query(IdempotentAnswer).count() == 0
        assert session.query(outbox.Work).count() == 0


def test_tidying_writes_once_of_a_key_that_ends_within_a_week(services, pulse):
    who, now = member(services, email="maker@example.com", verified=True), clock.now()
    with services.transaction() as session:
        key = session.get_one(ApiKey, who.key_id)
        key.created_at, key.expires_at = now - timedelta(days=90), now + timedelta(days=6)
    pulse._tidy()
    pulse._tidy()
    work_off(services)
    box = Mailbox(services.database, services.links.keys).read("maker@example.com")
    (letter,) = [each for each in box if each.subject == "A key for Polis ends within 7 days"]
    assert key.prefix in letter.body


def test_a_chore_that_fails_is_logged_and_keeps_no_other_from_being_done(services, pulse):
    who = caller(services, member(services))
    with services.transaction() as session:
        idempotency.once(session, who, "t", "k", {}, lambda: {"n": 1}, clock.now())
        session.add(DailyTotal(name="engine", day=clock.day_start(clock.now()), used=7))
        session.execute(text("DROP TABLE wait_slots"))
    later = clock.now() + max(idempotency.KEPT, spending.KEPT) + timedelta(days=2)
    with capture_logs() as logged, time_machine.travel(later):
        pulse._tidy()
    failed = [line for line in logged if line["event"] == "worker.chore_failed"]
    assert [(line["chore"], line["log_level"]) for line in failed] == [("waits", "error")]
    assert isinstance(failed[0]["exc_info"], DBAPIError)
    with services.database.reading() as session:
        assert session.query(IdempotentAnswer).count() == 0
        assert session.query(DailyTotal).count() == 0
