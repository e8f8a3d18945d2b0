from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from app.domain import erasure, wallets
from app.domain.runs import find, outcome, read
from app.domain.unpaid import NotEnoughTokens
from app.kit import clock
from app.models.accounts import Organization
from app.models.billing import LedgerEntry
from app.models.runs import Comparison, Run, StoredReaction
from app.models.work import Work
from tests.engines import Hooked, fail
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import compare, order, reading
from tests.working import deliver, open_work, wear_out, with_engine

TOKENS = 10_000


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=TOKENS))


def two(works, who, personas=60, detail="standard"):
    return compare(works, who, order(personas, detail, "One"), order(personas, detail, "Two"))


def cancel(works, who, handle):
    with works.transaction() as session:
        return outcome.cancel(session, who, handle, clock.now())


def runs_of(works, begun):
    with works.database.reading() as session:
        return find.variants(session, begun.id)


def by_id(works, begun):
    """Its runs as their work is listed."""
    return sorted(runs_of(works, begun), key=lambda run: run.id)


def standing(works, who):
    with works.database.reading() as session:
        now = wallets.standing(session, who.wallet, clock.now())
    return now.packs, now.held


def waiting_for_verdict(works, who):
    """A comparison both of whose runs have their report."""
    begun = two(works, who, 50)
    for _ in range(2):
        deliver(works, "react_batch")
        deliver(works, "synthesise")
    return begun


def erase(works, who, begun, *, whole):
    """Its organization is being removed: the runs go first, then the comparison."""
    with works.transaction() as session:
        gone = session.get_one(Organization, who.organization_id)
        gone.deletion_due_at = clock.now() - timedelta(seconds=1)
        session.flush()
        assert erasure.some_runs(session, who.organization_id, clock.now()) == 2
        if whole:
            session.execute(delete(Comparison).where(Comparison.id == begun.id))


def entries(works, begun):
    statement = (
        select(LedgerEntry.kind, func.sum(LedgerEntry.tokens), func.count())
        .where(LedgerEntry.cause == f"compare:{begun.id}")
        .group_by(LedgerEntry.kind)
    )
    with works.database.reading() as session:
        return {kind: (int(tokens), rows) for kind, tokens, rows in session.execute(statement)}


def shown(works, run):
    statement = select(func.count()).where(StoredReaction.run_id == run.id)
    with works.database.reading() as session:
        return session.scalar(statement)


def test_a_comparison_is_one_hold_and_one_charge_over_all_its_runs(works, who):
    begun = two(works, who)
    assert begun.tokens == 180
    assert entries(works, begun) == {"hold": (-180, 1)}
    work_off(works)
    assert entries(works, begun) == {"hold": (-180, 1), "release": (180, 1), "charge": (-180, 1)}
    assert [run.status for run in runs_of(works, begun)] == ["complete", "complete"]
    with reading(works, begun.id) as comparison:
        assert comparison.status == "complete"
        assert [each["run_id"] for each in comparison.result["preferred"]] == list(begun.run_ids)


def test_variants_share_their_seed_and_keep_their_order(works, who):
    begun = two(works, who)
    runs = runs_of(works, begun)
    assert [run.id for run in runs] == list(begun.run_ids)
    assert len({run.seed for run in runs}) == 1


def test_a_comparison_that_cannot_be_paid_leaves_nothing_behind(works, who):
    two(works, who, 1_000, "deep")
    two(works, who, 800, "deep")
    with pytest.raises(NotEnoughTokens):
        two(works, who, 201, "deep")
    assert standing(works, who) == (TOKENS - 9_000, 9_000)
    with works.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 4


def test_nothing_is_charged_before_the_last_run_has_its_report(works, who):
    begun = two(works, who, 50)
    deliver(works, "react_batch")
    deliver(works, "synthesise")
    assert sorted(run.status for run in runs_of(works, begun)) == ["complete", "pending"]
    assert standing(works, who) == (TOKENS - begun.tokens, begun.tokens)


def test_a_variant_is_read_and_asked_only_with_its_comparison(works, who):
    begun = two(works, who, 50)
    deliver(works, "react_batch")
    deliver(works, "synthesise")
    with works.database.reading() as session:
        assert [read.is_ready(session, run) for run in find.variants(session, begun.id)] == [
            False,
            False,
        ]
    work_off(works)
    with works.database.reading() as session:
        assert [read.is_ready(session, run) for run in find.variants(session, begun.id)] == [
            True,
            True,
        ]


def test_cancelling_charges_each_run_for_what_it_has_done(works, who):
    begun = two(works, who, 75)  # 112.5 each, rounded up: 226 together
    deliver(works, "react_batch", 1)  # 25 seats: 37.5
    deliver(works, "react_batch", 1)  # 50 seats: 75
    done = sorted(run.personas_done for run in runs_of(works, begun))
    assert done == [25, 50]
    assert cancel(works, who, begun.id) == ("cancelled", 226 - 38 - 75)
    assert standing(works, who) == (TOKENS - 38 - 75, 0)
    assert cancel(works, who, begun.id) == ("cancelled", 226 - 38 - 75)


def test_cancelling_one_variant_stops_all(works, who):
    begun = two(works, who)
    assert cancel(works, who, begun.run_ids[1]) == ("cancelled", 180)
    work_off(works)
    assert {run.status for run in runs_of(works, begun)} == {"cancelled"}
    assert open_work(works) == []


def test_a_variant_that_has_its_report_keeps_it_when_the_rest_is_cancelled(works, who):
    begun = two(works, who, 50)
    deliver(works, "react_batch")
    deliver(works, "synthesise")
    assert cancel(works, who, begun.id) == ("cancelled", 75)
    assert sorted(run.status for run in runs_of(works, begun)) == ["cancelled", "complete"]
    assert standing(works, who) == (TOKENS - 75, 0)


def test_a_comparison_of_finished_runs_can_be_cancelled_before_its_verdict(works, who):
    begun = waiting_for_verdict(works, who)
    assert cancel(works, who, begun.id) == ("cancelled", 0)
    work_off(works)
    with reading(works, begun.id) as comparison:
        assert (comparison.status, comparison.result) == ("cancelled", None)


def test_one_run_that_fails_refunds_all_and_no_reaction_is_shown(services, who):
    broken = Hooked(react=lambda plan, _: fail() if plan.content == "Two" else None)
    works = with_engine(services, broken)
    begun = two(works, who)
    wear_out(works)
    runs = runs_of(works, begun)
    assert [(run.status, run.refunded_tokens) for run in runs] == [("failed", 90), ("failed", 90)]
    assert [shown(works, run) for run in runs] == [0, 0]
    assert standing(works, who) == (TOKENS, 0)


def test_of_a_variant_that_had_its_report_nothing_is_left_when_another_fails(services, who):
    broken = Hooked(react=lambda plan, _: fail() if plan.content == "Two" else None)
    works = with_engine(services, broken)
    begun = two(works, who, 50)
    deliver(works, "react_batch", [run.content for run in by_id(works, begun)].index("One"))
    deliver(works, "synthesise")
    assert "complete" in {run.status for run in runs_of(works, begun)}
    wear_out(works)
    for run in runs_of(works, begun):
        assert (run.status, run.synthesis, run.room) == ("failed", None, None)
        assert run.result_digest is None


@pytest.mark.parametrize("whole", [False, True])
def test_a_comparison_that_was_erased_is_not_concluded_and_tried_no_more(works, who, whole):
    begun = waiting_for_verdict(works, who)
    erase(works, who, begun, whole=whole)
    work_off(works)
    assert open_work(works) == []
    with works.database.reading() as session:
        assert list(session.scalars(select(Work.error).where(Work.error.is_not(None)))) == []


@pytest.mark.parametrize("whole", [False, True])
def test_a_verdict_is_given_up_and_kept_by_nobody_where_its_comparison_was_erased(
    services, who, whole
):
    begun = waiting_for_verdict(with_engine(services, PlainEngine()), who)
    works = with_engine(
        services, Hooked(compare=lambda _: erase(services, who, begun, whole=whole))
    )
    work_off(works)
    assert open_work(works) == []
    with works.transaction() as session:
        outcome.fail_comparison(session, begun.id, "engine_unavailable", "late", clock.now())


def test_a_verdict_that_cannot_be_made_refunds_all(services, who):
    works = with_engine(services, Hooked(compare=fail))
    begun = two(works, who)
    wear_out(works)
    with reading(works, begun.id) as comparison:
        assert comparison.status == "failed"
    assert standing(works, who) == (TOKENS, 0)


def test_concluding_twice_settles_once(works, who):
    begun = two(works, who)
    work_off(works)
    with works.transaction() as session:
        outcome.conclude(session, begun.id, {"winner": "another"}, clock.now())
        outcome.fail_comparison(session, begun.id, "engine_unavailable", "late", clock.now())
    with reading(works, begun.id) as comparison:
        assert comparison.status == "complete"
        assert comparison.result["verdict"] == "Too close to call."
    assert standing(works, who) == (TOKENS - 180, 0)
