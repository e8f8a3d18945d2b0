import pytest
from sqlalchemy import func, select

from app.domain import wallets
from app.domain.limits import RateLimited
from app.domain.runs import outcome, progress
from app.domain.unpaid import NotEnoughTokens
from app.kit import clock
from app.models.accounts import Organization
from app.models.billing import LedgerEntry
from app.models.runs import Run, StoredReaction
from app.models.work import Work
from tests.engines import Hooked, fail, fail_first, fail_from
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import begin, order, reading
from tests.working import deliver, open_work, wear_out, with_engine


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


def standing(works, who):
    with works.database.reading() as session:
        now = wallets.standing(session, who.wallet, clock.now())
    return now.packs, now.held


def cancel(works, who, handle):
    with works.transaction() as session:
        return outcome.cancel(session, who, handle, clock.now())


def shown(works, handle):
    """How many reactions of a run can be read."""
    statement = select(func.count()).where(StoredReaction.run_id == handle)
    with works.database.reading() as session:
        return session.scalar(statement)


def charged(works, handle):
    statement = select(LedgerEntry.tokens).where(
        LedgerEntry.cause == f"run:{handle}", LedgerEntry.kind == "charge"
    )
    with works.database.reading() as session:
        return [-tokens for tokens in session.scalars(statement)]


def test_a_start_holds_the_whole_price_and_writes_down_one_batch_for_fifty_seats(works, who):
    begun = begin(works, who, order(120, "standard"))
    assert begun.tokens == 180
    assert standing(works, who) == (820, 180)
    assert len(works.send.sent) == 3
    with reading(works, begun.id) as run:
        assert (run.status, run.batches_left, run.personas_done) == ("pending", 3, 0)


def test_a_refused_start_leaves_no_run_and_no_work(works, who):
    with pytest.raises(NotEnoughTokens):
        begin(works, who, order(1_000, "deep"))
    with works.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 0
        assert session.scalar(select(func.count()).select_from(Work)) == 0
    assert works.send.sent == []


def test_a_worked_off_run_has_its_report_and_is_charged_its_price_once(works, who):
    begun = begin(works, who, order(120, "standard"))
    assert work_off(works) == 4
    with reading(works, begun.id) as run:
        assert (run.status, run.personas_done, run.refunded_tokens) == ("complete", 120, 0)
        assert run.result_digest
        assert run.synthesis["stats"]["reactions"] == 120
    assert shown(works, begun.id) == 120
    assert standing(works, who) == (820, 0)
    assert charged(works, begun.id) == [180]


def test_a_run_goes_from_pending_over_running_to_synthesizing_to_complete(works, who):
    begun, seen = begin(works, who, order(100)), []
    for kind in ("react_batch", "react_batch", "synthesise"):
        deliver(works, kind)
        with reading(works, begun.id) as run:
            seen.append((run.status, run.personas_done))
    assert seen == [("running", 50), ("synthesizing", 100), ("complete", 100)]


@pytest.mark.parametrize(
    ("detail", "batch", "price", "refunded"),
    [
        ("snapshot", 0, 125, 75),
        ("standard", 0, 188, 113),  # 187.5 and 75.0, rounded up
        ("standard", 2, 188, 150),  # 187.5 and 37.5, both rounded up
        ("deep", 2, 313, 250),  # 312.5 and 62.5
    ],
)
def test_cancelling_gives_back_exactly_what_was_not_processed(
    works, who, detail, batch, price, refunded
):
    begun = begin(works, who, order(125, detail))
    assert begun.tokens == price
    deliver(works, "react_batch", batch)
    assert cancel(works, who, begun.id) == ("cancelled", refunded)
    assert standing(works, who) == (1_000 - price + refunded, 0)
    assert shown(works, begun.id) == (50, 50, 25)[batch]


def test_cancelling_again_or_after_the_end_says_the_same_and_moves_nothing(works, who):
    begun = begin(works, who, order(125, "standard"))
    deliver(works, "react_batch")
    assert [cancel(works, who, begun.id) for _ in range(3)] == [("cancelled", 113)] * 3
    whole = begin(works, who, order(10))
    work_off(works)
    assert cancel(works, who, whole.id) == ("complete", 0)


def test_work_that_arrives_after_a_cancel_changes_nothing(works, who):
    begun = begin(works, who, order(100))
    deliver(works, "react_batch")
    cancel(works, who, begun.id)
    work_off(works)
    with reading(works, begun.id) as run:
        assert (run.status, run.personas_done) == ("cancelled", 50)
    assert shown(works, begun.id) == 50
    assert open_work(works) == []


@pytest.mark.parametrize("step", ["react", "synthesise"])
def test_a_cancel_in_the_middle_of_a_step_wins_over_what_the_step_brings(services, who, step):
    begun = begin(services, who, order(50))
    stop = Hooked(**{step: lambda *_: cancel(services, who, begun.id)})
    work_off(with_engine(services, stop))
    done = 0 if step == "react" else 50
    with reading(services, begun.id) as run:
        assert (run.status, run.personas_done, run.synthesis) == ("cancelled", done, None)
    assert shown(services, begun.id) == done
    assert standing(services, who) == (1_000 - done, 0)


def test_a_run_whose_engine_stays_away_is_refunded_whole_and_shows_no_reaction(services, who):
    works = with_engine(services, Hooked(react=fail_from(51)))
    begun = begin(works, who, order(100, "standard"))
    work_off(works)
    assert shown(works, begun.id) == 50
    wear_out(works)
    with reading(works, begun.id) as run:
        assert (run.status, run.refunded_tokens) == ("failed", 150)
        assert run.failure_code == "engine_unavailable"
        assert run.failure_message == "The panel could not be run."
    assert shown(works, begun.id) == 0
    assert standing(works, who) == (1_000, 0)
    assert charged(works, begun.id) == []


def test_a_run_whose_report_cannot_be_made_is_refunded_whole(services, who):
    works = with_engine(services, Hooked(synthesise=fail))
    begun = begin(works, who, order(60))
    wear_out(works)
    with reading(works, begun.id) as run:
        assert (run.status, run.refunded_tokens) == ("failed", 60)
    assert shown(works, begun.id) == 0
    assert standing(works, who) == (1_000, 0)


def test_an_engine_that_comes_back_finishes_the_run(services, who):
    works = with_engine(services, Hooked(react=fail_first(4)))
    begun = begin(works, who, order(50))
    wear_out(works)
    with reading(works, begun.id) as run:
        assert run.status == "complete"
    assert standing(works, who) == (950, 0)


def test_a_batch_recorded_twice_counts_once(works, who):
    begun = begin(works, who, order(100))
    deliver(works, "react_batch")
    with works.transaction() as session:
        again = progress.panel_of(session, begun.id)
        progress.record(session, begun.id, 0, again, clock.now())
    with reading(works, begun.id) as run:
        assert (run.personas_done, run.batches_left) == (50, 1)


def test_a_paused_organization_starts_nothing_and_is_told_how_long(works, who):
    with works.transaction() as session:
        row = session.get_one(Organization, who.organization_id)
        row.runs_paused_until = clock.now().replace(year=2100)
    with pytest.raises(RateLimited, match="paused until 2100") as refused:
        begin(works, who)
    assert refused.value.details["retry_after_s"] > 0
    assert standing(works, who) == (1_000, 0)


def test_a_pause_that_is_over_stops_nobody(works, who):
    with works.transaction() as session:
        row = session.get_one(Organization, who.organization_id)
        row.runs_paused_until = clock.now()
    begin(works, who)
