"""Runs that keep failing after they had begun, and not through us, pause their organization."""

import pytest
import time_machine
from structlog.testing import capture_logs

from app.db import DatabaseAway
from app.domain.limits import RateLimited
from app.domain.runs import pausing
from app.errors import Kind, PolisError
from app.kit import clock
from tests.engines import Hooked, fail
from tests.factories import caller, member
from tests.fakes import work_off
from tests.starting import begin, compare, order, reading
from tests.working import open_work, with_engine


class Unreadable(PolisError):
    """What a panel says of a text that nothing can be made of."""

    kind = Kind.INVALID
    code = "unreadable"


def unreadable(*_):
    raise Unreadable("Nothing in this text can be read.")


def gone(*_):
    raise DatabaseAway("The database is away.")


@pytest.fixture
def now():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


@pytest.fixture
def broken(services):
    """Whose panels react, and then find that nothing can be made of it."""
    return with_engine(services, Hooked(synthesise=unreadable))


def let_fail(works, who, now, times, start=begin, *facts):
    """Each takes its five attempts, two minutes long."""
    for _ in range(times):
        begun = start(works, who, *facts)
        with capture_logs():
            while open_work(works):
                work_off(works)
                now.shift(30)
    return begun


def test_a_run_that_fails_over_its_text_says_so_and_is_refunded(broken, who, now):
    begun = let_fail(broken, who, now, 1)
    with reading(broken, begun.id) as run:
        assert (run.status, run.failure_code, run.refunded_tokens) == ("failed", "unreadable", 10)
        assert run.failure_message == "Nothing in this text can be read."


def test_the_fifth_in_an_hour_pauses_the_organization_for_an_hour(broken, who, now):
    let_fail(broken, who, now, pausing.FAILURES - 1)
    let_fail(broken, who, now, 1)
    with pytest.raises(RateLimited, match="5 within an hour failed") as refused:
        begin(broken, who)
    assert 3_500 < refused.value.details["retry_after_s"] <= 3_600
    now.shift(pausing.PAUSE)
    begin(broken, who)


def test_others_are_not_paused(broken, who, services, now):
    let_fail(broken, who, now, pausing.FAILURES)
    begin(broken, caller(services, member(services, tokens=1_000)))


def test_four_in_an_hour_and_one_long_ago_pause_nobody(broken, who, now):
    let_fail(broken, who, now, 1)
    now.shift(pausing.WITHIN)
    let_fail(broken, who, now, pausing.FAILURES - 1)
    begin(broken, who)


def test_our_own_failures_pause_nobody(services, who, now):
    let_fail(with_engine(services, Hooked(synthesise=fail)), who, now, pausing.FAILURES + 1)
    begin(services, who)


def test_a_database_that_was_away_is_ours_and_pauses_nobody(services, who, now):
    away = with_engine(services, Hooked(synthesise=gone))
    begun = let_fail(away, who, now, pausing.FAILURES + 1)
    with reading(away, begun.id) as run:
        assert (run.failure_code, pausing.ours(run.failure_code)) == ("unavailable", True)
    begin(services, who)


def test_failures_before_anybody_had_reacted_pause_nobody(services, who, now):
    let_fail(with_engine(services, Hooked(react=unreadable)), who, now, pausing.FAILURES + 1)
    begin(services, who)


def test_a_comparison_counts_as_one(broken, who, now):
    variants = order(content="One"), order(content="Two"), order(content="Three")
    let_fail(broken, who, now, pausing.FAILURES - 1, compare, *variants)
    let_fail(broken, who, now, 1)
    with pytest.raises(RateLimited):
        compare(broken, who, *variants)
