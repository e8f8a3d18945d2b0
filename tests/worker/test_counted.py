"""What is counted of runs, work and money: once, and only what was committed."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from app import outbox
from app.domain.limits import Limit
from app.domain.runs import outcome, start
from app.errors import PolisError
from app.kit import clock, meters
from app.worker.delivery import Delivery
from tests.engines import Hooked, fail
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import PANELIST, begin, order
from tests.working import open_work, wear_out, with_engine


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


@pytest.fixture
def rise(monkeypatch) -> Iterator[dict[tuple[str, ...], list[float]]]:
    """What this process counts from now on, by series."""
    monkeypatch.setattr(meters._Kept, "tally", meters.Tally())
    return lambda *series: dict(meters.own().read()).get(series, [0.0])[0]


def test_a_run_is_counted_at_its_start_and_at_its_end_with_what_it_cost(services, who, rise):
    wanted = order(50)
    begin(services, who, wanted)
    assert rise("polis_runs_started_total", "live", "snapshot") == 1
    work_off(with_engine(services, PlainEngine()))
    assert rise("polis_runs_ended_total", "live", "complete") == 1
    assert rise("polis_tokens_charged_total", "live") == wanted.tokens
    assert rise("polis_runs_refunded_total", "live") == 0
    assert rise("polis_work_done_total", "react_batch") == 1


def test_a_run_that_cannot_be_done_is_failed_and_refunded_once(services, who, rise):
    begin(services, who, order(50))
    wear_out(with_engine(services, Hooked(react=fail)))
    assert rise("polis_runs_ended_total", "live", "failed") == 1
    assert rise("polis_runs_refunded_total", "live") == 1
    assert rise("polis_tokens_charged_total", "live") == 0
    assert rise("polis_work_failed_total", "react_batch") == 5
    assert rise("polis_work_given_up_total", "react_batch") == 1


def test_a_cancelled_run_is_counted_once_however_often_it_is_cancelled(services, who, rise):
    run = begin(services, who, order(50)).id
    for _ in range(3):
        with services.transaction() as session:
            outcome.cancel(session, who, run, clock.now())
    assert rise("polis_runs_ended_total", "live", "cancelled") == 1
    assert rise("polis_runs_refunded_total", "live") == 1


def test_what_is_rolled_back_is_not_counted(services, who, rise):
    def broken() -> None:
        with services.transaction() as session:
            start.start(session, who, order(50), PANELIST, now=clock.now(), request_id="req")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert rise("polis_runs_started_total", "live", "snapshot") == 0


def test_work_that_somebody_else_took_meanwhile_counts_as_a_lost_lease(services, who, rise):
    begin(services, who, order(50))
    (work_id,) = open_work(services, "react_batch")
    with services.transaction() as session:
        claim = outbox.claim(session, work_id, "w", ["react_batch"], clock.now())
        late = claim.__class__(claim.id, claim.kind, claim.payload, None, claim.fence - 1)
        assert not outbox.finish(session, late, clock.now())
        outbox.give_back(session, "w")
    assert rise("polis_leases_lost_total", "react_batch") == 1


def test_a_refusal_for_want_of_patience_is_counted_by_its_limit(services, rise):
    limit, now = Limit("userinfo", 1, 60, 1, "connection"), clock.now()
    services.rates.take(limit, "somebody", now)
    with pytest.raises(PolisError):
        services.rates.take(limit, "somebody", now)
    assert rise("polis_throttled_total", "userinfo") == 1


def test_a_line_tells_of_each_piece_of_work_with_its_request_and_kind(services, who):
    begin(services, who, order(50))
    (work_id,) = open_work(services, "react_batch")
    with capture_logs() as lines:
        Delivery(with_engine(services, PlainEngine()), "w")(work_id)
    assert [(line["event"], line["attempt"]) for line in lines] == [("work.done", 1)]
