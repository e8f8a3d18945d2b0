"""Sessions: found by a secret we do not keep, idle and absolute ends, ended one by one or all."""

from datetime import timedelta

import pytest

from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock
from app.models.accounts import User
from app.models.credentials import SignInSession
from tests.factories import member

BROWSER = Browser("192.0.2.1", "Firefox" * 100)


@pytest.fixture
def person(services):
    return member(services, email="ada@example.com", verified=True)


def begin(services, person, at=None):
    with services.transaction() as session:
        return sessions.begin(session, person.user_id, BROWSER, at or clock.now())


def resume(services, begun, at=None):
    with services.database.reading() as session:
        return sessions.resume(session, begun.secret, at or clock.now())


def test_a_session_stands_for_its_person(services, person):
    now = clock.now()
    begun = begin(services, person, now)
    assert resume(services, begun, now).person == (
        begun.id, person.user_id, "ada@example.com", "", True, now, "UTC", None, None, False,
    )  # fmt: skip


def test_the_secret_is_not_kept(services, person):
    begun = begin(services, person)
    with services.database.reading() as session:
        row = session.get(SignInSession, begun.id)
        kept = {c.name: getattr(row, c.name) for c in SignInSession.__table__.columns}
    assert begun.secret not in repr(kept)
    assert len(kept["user_agent"]) == 300


@pytest.mark.parametrize("secret", ["", "polis_ss_", "sk_live_x", "polis_ss_" + "0" * 38, "\udcff"])
def test_what_we_never_issued_stands_for_nobody(services, person, secret):
    begun = begin(services, person)
    assert resume(services, begun._replace(secret=secret)) is None


def test_a_session_ends_after_fourteen_idle_days_and_after_ninety_in_all(services, person):
    now = clock.now()
    begun = begin(services, person, now)
    for day in range(13, 90, 13):
        found = resume(services, begun, now + timedelta(days=day))
        assert found.unseen
        with services.transaction() as session:
            sessions.seen(session, begun.id, now + timedelta(days=day))
        assert not resume(services, begun, now + timedelta(days=day, minutes=9)).unseen
    assert resume(services, begun, now + timedelta(days=90)) is None
    idle = begin(services, person, now)
    assert resume(services, idle, now + timedelta(days=13, hours=23)) is not None
    assert resume(services, idle, now + timedelta(days=14)) is None


def test_a_sign_in_is_fresh_for_ten_minutes(services, person):
    now = clock.now()
    found = resume(services, begin(services, person, now), now).person
    assert sessions.is_fresh(found, now + timedelta(minutes=9, seconds=59))
    assert not sessions.is_fresh(found, now + timedelta(minutes=10))


def test_sessions_end_one_by_one_or_all_but_one(services, person):
    begun = [begin(services, person) for _ in range(4)]
    other = begin(services, member(services))
    with services.transaction() as session:
        sessions.end(session, begun[0].id, clock.now())
        assert sessions.end_all(session, person.user_id, clock.now(), but=begun[1].id) == 2
    assert [resume(services, each) is not None for each in begun] == [False, True, False, False]
    assert resume(services, other) is not None
    with services.transaction() as session:
        assert sessions.end_all(session, person.user_id, clock.now()) == 1


def test_a_deleted_persons_session_stands_for_nobody(services, person):
    begun = begin(services, person)
    with services.transaction() as session:
        session.get(User, person.user_id).deleted_at = clock.now()
    assert resume(services, begun) is None


def test_old_sessions_are_forgotten_and_nobody_elses(services, person):
    now = clock.now()
    begin(services, person, now - timedelta(days=121))
    kept = begin(services, person, now)
    with services.transaction() as session:
        assert sessions.forget_old(session, now) == 1
    assert resume(services, kept) is not None


def test_a_session_that_was_ended_or_left_idle_is_kept_no_longer_than_one_that_grew_old(
    services, person
):
    now = clock.now()
    ended = begin(services, person, now)
    idle = begin(services, person, now)
    with services.transaction() as session:
        sessions.end(session, ended.id, now)
        assert sessions.forget_old(session, now + sessions.KEPT) == 0
        assert sessions.forget_old(session, now + sessions.KEPT + timedelta(seconds=1)) == 1
        over = now + sessions.IDLE + sessions.KEPT
        assert sessions.forget_old(session, over) == 0
        assert sessions.forget_old(session, over + timedelta(seconds=1)) == 1
        assert session.get(SignInSession, idle.id, populate_existing=True) is None
