from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain import idempotency
from app.domain.runs import start
from app.domain.unpaid import NotEnoughTokens
from app.errors import Conflict
from app.kit import clock
from app.models.billing import LedgerEntry
from app.models.runs import Run
from tests.factories import caller, member
from tests.rounds import rounds
from tests.starting import PANELIST, order
from tests.together import codes, together

NOW = clock.now()


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


def test_the_same_key_and_request_gets_the_first_answer_again(services, who):
    first = begin(services, who, "k", order(50))
    assert begin(services, who, "k", order(50)) == first
    assert counted(services) == {"runs": 1, "holds": 1}


@pytest.mark.parametrize("_", range(rounds(10)))
def test_fifty_starts_at_once_with_one_key_are_one_run_with_one_hold(services, who, _):
    answers = together(50, lambda _n: begin(services, who, "k", order(50)))
    assert codes(answers) == {"ok": 50}
    assert len({answer["run_id"] for answer in answers}) == 1
    assert counted(services) == {"runs": 1, "holds": 1}


def test_a_key_used_for_another_request_is_a_conflict(services, who):
    begin(services, who, "k", order(50))
    with pytest.raises(Conflict):
        begin(services, who, "k", order(51))
    assert counted(services) == {"runs": 1, "holds": 1}


def test_two_requests_racing_for_one_key_are_one_run_and_conflicts(services, who):
    answers = together(16, lambda n: begin(services, who, "k", order(50 + n % 2)))
    assert codes(answers) == {"ok": 8, "conflict": 8}
    assert counted(services) == {"runs": 1, "holds": 1}


def test_a_refusal_is_not_remembered(services, who):
    with pytest.raises(NotEnoughTokens):
        begin(services, who, "k", order(1_000, "deep"))
    assert counted(services) == {"runs": 0, "holds": 0}
    begin(services, who, "k", order(50))
    assert counted(services) == {"runs": 1, "holds": 1}


@pytest.mark.parametrize(
    "other", [{"book": "test"}, {"organization_id": "another"}], ids=["book", "organization"]
)
def test_keys_of_another_book_or_organization_are_other_keys(services, who, other):
    if "organization_id" in other:
        other = {"organization_id": member(services, tokens=1_000).organization_id}
    first = begin(services, who, "k", order(50))
    assert begin(services, who._replace(**other), "k", order(50)) != first


def test_keys_of_another_tool_are_other_keys(services, who):
    first = begin(services, who, "k", order(50))
    assert begin(services, who, "k", order(50), tool="polis_compare") != first


def test_without_a_key_every_request_is_new(services, who):
    assert begin(services, who, None, order(50)) != begin(services, who, None, order(50))


def test_the_order_of_the_arguments_makes_no_other_request(services, who):
    with services.transaction() as session:
        once = idempotency.once
        one = once(session, who, "t", "k", {"a": 1, "b": 2}, lambda: {"n": 1}, NOW)
        assert once(session, who, "t", "k", {"b": 2, "a": 1}, lambda: {"n": 2}, NOW) == one


def test_an_answer_is_kept_for_thirty_days(services, who):
    begin(services, who, "k", order(50))
    for later, dropped in ((timedelta(), 0), (timedelta(milliseconds=1), 1)):
        with services.transaction() as session:
            moment = NOW + idempotency.KEPT + later
            assert idempotency.forget_old(session, moment) == dropped


def begin(services, who, key, wanted, tool="polis_test"):
    """What a tool does: one transaction around the key, the hold and the run."""
    with services.transaction() as session:

        def make():
            begun = start.start(session, who, wanted, PANELIST, now=NOW, request_id="r")
            return {"run_id": begun.id, "tokens": begun.tokens}

        given = {"personas": wanted.persona_count, "detail": wanted.detail}
        return idempotency.once(session, who, tool, key, given, make, NOW)


def counted(services):
    with services.database.reading() as session:
        holds = select(func.count()).where(LedgerEntry.kind == "hold")
        runs = select(func.count()).select_from(Run)
        return {"runs": session.scalar(runs), "holds": session.scalar(holds)}
