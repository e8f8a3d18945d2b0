import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import outbox
from app.models.work import Work
from tests.rounds import rounds
from tests.together import together

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
KINDS = ("test",)


def after(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def record(services):
    def record(key="a", due=None, kind="test", *, low=False):
        facts = {"key": key, "now": NOW, "request_id": "req_1", "low": low, "due": due}
        with services.transaction() as session:
            outbox.record(session, kind, {"n": 1}, **facts)
            return session.scalars(select(Work.id).where(Work.key == key)).one()

    return record


@pytest.fixture
def act(database):
    """Any function of the outbox in a transaction of its own."""

    def act(function, *facts, **more):
        with database.transaction() as session:
            return function(session, *facts, **more)

    return act


@pytest.fixture
def due(act):
    """The ids of what is due, in the order they are sent."""
    return lambda *facts: [work_id for work_id, _ in act(outbox.due, *facts)]


@pytest.fixture
def claim(act):
    return lambda work_id, owner="w", now=NOW: act(outbox.claim, work_id, owner, KINDS, now)


def row(database, work_id):
    with database.reading() as session:
        return session.get_one(Work, work_id)


def test_what_is_recorded_is_sent_when_its_transaction_has_committed(services):
    with services.transaction() as session:
        outbox.record(session, "test", {}, key="a", now=NOW)
        outbox.record(session, "test", {}, key="b", now=NOW)
        assert services.send.sent == []
    assert len(services.send.sent) == 2


def test_what_is_rolled_back_is_neither_kept_nor_sent(services, due):
    def interrupted():
        with services.transaction() as session:
            outbox.record(session, "test", {}, key="a", now=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert services.send.sent == []
    assert due(NOW) == []


def test_the_same_key_is_recorded_and_sent_once(services, record):
    record("a")
    record("a")
    assert len(services.send.sent) == 1


def test_a_claim_knows_what_is_to_be_done_and_nobody_else_gets_one(record, claim):
    work_id = record()
    taken = claim(work_id, "first")
    assert (taken.kind, taken.payload, taken.request_id, taken.fence) == (
        "test", {"n": 1}, "req_1", 1
    )  # fmt: skip
    assert claim(work_id, "second") is None
    assert claim(work_id, "first") is None


def test_unknown_work_and_work_of_an_unknown_kind_are_nobodys(record, claim):
    assert claim("wrk_unknown") is None
    newer = record(kind="of a later version")
    assert claim(newer) is None


def test_work_of_an_unknown_kind_loses_no_attempt(record, claim, database):
    work_id = record(kind="of a later version")
    claim(work_id)
    assert (row(database, work_id).attempts, row(database, work_id).owner) == (0, None)


def test_work_is_not_taken_before_it_is_due(record, claim):
    work_id = record(due=after(60))
    assert claim(work_id, now=after(59)) is None
    assert claim(work_id, now=after(60)) is not None


def test_a_lease_that_ran_out_is_taken_over_and_its_twin_changes_nothing(
    record, claim, act, database
):
    work_id = record()
    late = claim(work_id, "late")
    assert claim(work_id, "other", NOW + outbox.LEASE) is None
    taken = claim(work_id, "other", NOW + outbox.LEASE + timedelta(milliseconds=1))
    assert taken.fence == 2
    assert not act(outbox.finish, late, after(31))
    assert not act(outbox.retry, late, after(31), "late")
    assert (row(database, work_id).owner, row(database, work_id).error) == ("other", None)
    assert act(outbox.finish, taken, after(32))
    assert not act(outbox.finish, taken, after(33))


def test_finished_work_is_never_taken_again(record, claim, act, due):
    work_id = record()
    act(outbox.finish, claim(work_id), NOW)
    assert claim(work_id, now=after(3600)) is None
    assert due(after(3600)) == []


def test_each_retry_waits_twice_as_long_and_up_to_a_quarter_more(record, claim, act, database):
    work_id, waits = record(), []
    for _ in range(5):
        moment = row(database, work_id).due_at
        taken = claim(work_id, now=moment)
        assert act(outbox.retry, taken, moment, "Outage: away")
        waits.append((row(database, work_id).due_at - moment).total_seconds())
    parts = [wait / wanted for wait, wanted in zip(waits, [2, 4, 8, 16, 32], strict=True)]
    assert all(1 <= part <= 1.25 for part in parts), parts
    assert len(set(parts)) == 5, "what failed together does not come back together"
    assert row(database, work_id).error == "Outage: away"


def test_the_fifth_attempt_is_the_last_and_a_sixth_finds_it_spent(record, claim):
    work_id, seen = record(), []
    for number in range(6):
        taken = claim(work_id, now=after(31 * number))
        seen.append((taken.last_attempt, taken.spent))
    assert seen == [(False, False)] * 4 + [(True, False), (True, True)]


def test_a_worker_that_stops_gives_back_its_own_at_once(record, claim, act):
    mine, others = record("a"), record("b")
    claim(mine, "stopping")
    claim(others, "working")
    assert act(outbox.give_back, "stopping") == 1
    assert claim(mine, "next").fence == 2
    assert claim(others, "next") is None


def test_a_beat_renews_the_leases_of_what_its_worker_is_at_alone(record, claim, act, due):
    mine, others, dropped = record("a"), record("b"), record("c")
    claim(mine, "alive")
    claim(others, "dead")
    claim(dropped, "alive")
    act(outbox.renew, "alive", after(20), (mine, others))
    assert due(after(40)) == [others, dropped]
    assert due(after(51)) == [mine, others, dropped]


def test_a_beat_never_takes_back_what_was_given_back_or_taken_over(record, claim, act, database):
    given, taken = record("a"), record("b")
    claim(given, "slow")
    claim(taken, "slow")
    act(outbox.give_back, "slow")
    claim(taken, "quick")
    act(outbox.renew, "slow", after(1), (given, taken))
    assert row(database, given).lease_until is None
    assert row(database, taken).owner == "quick"


def test_what_is_due_comes_in_the_order_it_became_so(record, claim, due):
    second, first, third = record("a", after(2)), record("b", after(1)), record("c", after(3))
    assert due(after(2)) == [first, second]
    assert due(after(9), 2) == [first, second]
    claim(first, now=after(9))
    assert due(after(9)) == [second, third]


def test_what_can_wait_comes_after_all_that_cannot(record, due, services):
    low, late, early = record("a", low=True), record("b", after(2)), record("c", after(1))
    assert due(after(3)) == [early, late, low]
    assert due(after(3), 2) == [early, late]
    record("d")
    assert [parcel.low for parcel in services.send.parcels] == [True, False]


def test_the_last_beat_is_of_whoever_lives_and_goes_when_they_leave(act):
    assert act(outbox.last_beat, NOW) is None
    act(outbox.renew, "a", after(1))
    act(outbox.renew, "b", after(5))
    assert act(outbox.last_beat, after(6)) == after(5)
    act(outbox.leave, "b")
    assert act(outbox.last_beat, after(6)) == after(1)


def test_a_beat_by_a_clock_that_has_been_put_right_is_nobodys(act):
    act(outbox.renew, f"{outbox.here()}1:x", after(3_600))
    assert act(outbox.last_beat, NOW) is None
    assert not act(outbox.alive_here, NOW)
    assert act(outbox.alive_here, after(3_500))
    act(outbox.forget_old, NOW)
    assert not act(outbox.alive_here, after(3_500))


def test_what_failed_by_a_clock_that_has_been_put_right_is_tried_again(record, claim, act, due):
    work_id = record("a")
    act(outbox.retry, claim(work_id, now=after(3_600)), after(3_600), "trouble")
    assert due(NOW) == [work_id]
    later = record("b", due=after(3_600))
    assert later not in due(NOW)  # written down to wait


def test_what_failed_on_a_machine_that_is_minutes_ahead_waits_its_turn(record, claim, act, due):
    work_id = record("a")
    act(outbox.retry, claim(work_id, now=after(290)), after(290), "trouble")
    assert due(NOW) == []


def test_what_ended_a_week_ago_is_forgotten_and_open_work_never_is(
    record, claim, act, database, due
):
    ended, kept = record("a"), record("b")
    act(outbox.finish, claim(ended), NOW)
    act(outbox.renew, "silent", NOW)
    act(outbox.forget_old, NOW + outbox.KEPT)
    assert row(database, ended).ended_at == NOW
    act(outbox.forget_old, NOW + outbox.KEPT + timedelta(milliseconds=1))
    assert due(NOW + outbox.KEPT) == [kept]
    assert act(outbox.last_beat, NOW) is None
    with database.reading() as session:
        assert session.get(Work, ended) is None


def test_eight_workers_take_three_hundred_rows_once_each(services, claim, record, due):
    count = max(60, rounds(300))
    for number in range(count):
        record(f"key {number}")
    sent = list(services.send.sent)

    def take_all(number):
        order = random.Random(number).sample(sent, count)
        return [work_id for work_id in order if claim(work_id, f"worker {number}")]

    taken = [work_id for each in together(8, take_all) for work_id in each]
    assert sorted(taken) == sorted(sent)
    assert due(NOW) == []
