"""polis_status: how far a run or a comparison is, and why it ended."""

from dataclasses import replace

import pytest
import time_machine

from app.domain.runs import progress
from app.kit import clock
from tests.fakes import PlainEngine, work_off
from tests.tools.installation import HELLO


class Broken(PlainEngine):
    """An engine that never answers."""

    def react(self, plan, seats):
        raise RuntimeError("no answer")


def _status(agent, handle):
    answer = agent.call("polis_status", run_id=handle)
    del answer["_usage"]
    return answer


def test_a_run_goes_from_pending_to_complete(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    assert _status(agent, run_id) == {
        "run_id": run_id,
        "status": "pending",
        "reactions_done": 0,
        "reactions_total": 10,
        "done": False,
        "poll_after_s": 2,
    }
    polis.work_off()
    assert _status(agent, run_id) == {
        "run_id": run_id,
        "status": "complete",
        "reactions_done": 10,
        "reactions_total": 10,
        "done": True,
    }


def test_a_run_in_between_counts_its_reactions(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **{**HELLO, "persona_count": 60, "detail": "snapshot"})[
        "run_id"
    ]
    with polis.services.transaction() as session:
        work = progress.work_left(session, run_id, 0, clock.now())
    assert _status(agent, run_id)["status"] == "running"
    with polis.services.transaction() as session:
        reactions = PlainEngine().react(work.request, work.seats)
        progress.record(session, run_id, 0, reactions, clock.now())
    half_way = _status(agent, run_id)
    assert (half_way["reactions_done"], half_way["reactions_total"]) == (50, 60)
    agent.call("polis_cancel", run_id=run_id)


def test_a_run_whose_engine_never_answers_says_so_and_is_refunded(polis):
    agent = polis.agent(tokens=100)
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(6):
            work_off(replace(polis.services, engine=Broken))
            traveller.shift(600)
        answer = _status(agent, run_id)
    assert (answer["status"], answer["done"], answer["reactions_done"]) == ("failed", True, 0)
    assert answer["failure"]["code"] == "engine_unavailable"
    assert answer["failure"]["refunded_tokens"] == 15
    assert "no answer" not in answer["failure"]["message"]
    assert agent.call("polis_account")["pack_tokens_remaining"] == 100


def test_a_comparison_has_one_status_for_all_its_variants(polis):
    agent = polis.agent()
    variants = [{"content": "One"}, {"content": "Two"}, {"content": "Three"}]
    compare_id = agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=10
    )["compare_id"]
    assert _status(agent, compare_id)["reactions_total"] == 30
    polis.work_off()
    answer = _status(agent, compare_id)
    assert (answer["run_id"], answer["status"], answer["done"]) == (compare_id, "complete", True)


@pytest.mark.parametrize("wait_s", [0, 25])
def test_a_run_that_is_over_is_never_waited_for(polis, wait_s):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    assert agent.call("polis_status", run_id=run_id, wait_s=wait_s)["done"] is True


def test_a_reading_key_may_follow(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    reader = polis.second_key(agent, scopes=("mcp:read",))
    assert _status(reader, run_id)["status"] == "pending"
