"""A run the operator gives back: its tokens return, nothing of its report is left to be seen."""

import pytest
from sqlalchemy import func, select

from app.domain import wallets
from app.domain.runs import refund
from app.errors import Conflict, NotFound
from app.kit import clock, ids
from app.models.accounts import Organization
from app.models.runs import Comparison, Run, StoredReaction
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import begin, compare, order
from tests.working import with_engine

TOKENS = 1_000


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=TOKENS))


def refunded(works, handle):
    with works.transaction() as session:
        return refund.refund(session, handle, clock.now())


def packs(works, who):
    with works.database.reading() as session:
        return wallets.standing(session, who.wallet, clock.now()).packs


def reactions(works):
    with works.database.reading() as session:
        return session.scalar(select(func.count()).select_from(StoredReaction))


def test_a_refunded_run_has_failed_and_holds_no_reaction(works, who):
    run_id = begin(works, who, order(20)).id
    work_off(works)
    assert (packs(works, who), reactions(works)) == (TOKENS - 20, 20)
    assert refunded(works, run_id) == (run_id, who.organization_id, 20)
    assert (packs(works, who), reactions(works)) == (TOKENS, 0)
    with works.database.reading() as session:
        run = session.get_one(Run, run_id)
        assert (run.status, run.failure_code, run.refunded_tokens) == ("failed", "refunded", 20)
        assert run.synthesis is None
        assert session.get_one(Organization, who.organization_id).runs_paused_until is None


def test_a_variant_stands_for_its_whole_comparison(works, who):
    begun = compare(works, who, order(20), order(20, content="Another"))
    work_off(works)
    assert packs(works, who) == TOKENS - 40
    with works.database.reading() as session:
        variants = session.scalars(select(Run.id).where(Run.comparison_id == begun.id)).all()
    assert refunded(works, variants[1]) == (begun.id, who.organization_id, 40)
    assert (packs(works, who), reactions(works)) == (TOKENS, 0)
    with works.database.reading() as session:
        assert session.get_one(Comparison, begun.id).status == "failed"
    for handle in (begun.id, variants[0]):
        with pytest.raises(Conflict, match="refunded before"):
            refunded(works, handle)


def test_what_has_not_ended_cost_nothing_or_is_not_there_is_not_refunded(works, who):
    run_id = begin(works, who).id
    with pytest.raises(Conflict, match="has not ended"):
        refunded(works, run_id)
    for handle in (ids.new("run"), "cmp_none", "thr_none", "'"):
        with pytest.raises(NotFound):
            refunded(works, handle)
    work_off(works)
    refunded(works, run_id)
    with pytest.raises(Conflict, match="charged nothing, or was refunded before"):
        refunded(works, run_id)


def test_five_refunds_in_an_hour_pause_nobody(works, who):
    for _ in range(6):
        run_id = begin(works, who).id
        work_off(works)
        refunded(works, run_id)
    begin(works, who)
