"""polis_cancel: what was not processed comes back exactly, and asking again changes nothing."""

import pytest

from app.domain.runs import progress
from app.kit import clock
from tests.fakes import PlainEngine
from tests.tools.installation import HELLO


def _react(polis, run_id, batch):
    """Let one batch of a run react."""
    with polis.services.transaction() as session:
        work = progress.work_left(session, run_id, batch, clock.now())
        reactions = PlainEngine().react(work.request, work.seats)
        progress.record(session, run_id, batch, reactions, clock.now())


def test_a_run_nobody_worked_on_is_refunded_whole(polis):
    agent = polis.agent(tokens=100)
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    for _ in range(3):
        answer = agent.call("polis_cancel", run_id=run_id)
        assert (answer["status"], answer["refunded_tokens"]) == ("cancelled", 15)
        assert answer["_usage"]["pack_tokens_remaining"] == 100
        assert answer["_usage"]["held_tokens"] == 0


@pytest.mark.parametrize(
    ("detail", "price", "refund"), [("snapshot", 75, 25), ("standard", 113, 38)]
)
def test_those_who_reacted_stay_paid_and_readable(polis, detail, price, refund):
    agent = polis.agent(tokens=price)
    run_id = agent.call("polis_test", **{**HELLO, "persona_count": 75, "detail": detail})["run_id"]
    _react(polis, run_id, 0)
    answer = agent.call("polis_cancel", run_id=run_id)
    assert (answer["status"], answer["refunded_tokens"]) == ("cancelled", refund)
    assert answer["_usage"]["pack_tokens_remaining"] == refund
    report = agent.call("polis_report", run_id=run_id, offset=0, limit=100)
    assert len(report["reactions"]) == 50
    polis.work_off()
    assert agent.call("polis_status", run_id=run_id)["reactions_done"] == 50


def test_what_is_over_stays_as_it_ended(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    with polis.unchanged():
        answer = agent.call("polis_cancel", run_id=run_id)
    assert (answer["status"], answer["refunded_tokens"]) == ("complete", 0)


def test_one_variant_takes_its_comparison_with_it(polis):
    agent = polis.agent(tokens=100)
    variants = [{"content": "One"}, {"content": "Two"}]
    begun = agent.call("polis_compare", content_type="text", variants=variants, persona_count=10)
    answer = agent.call("polis_cancel", run_id=begun["runs"][1]["run_id"])
    assert (answer["status"], answer["refunded_tokens"]) == ("cancelled", 30)
    assert agent.call("polis_status", run_id=begun["compare_id"])["status"] == "cancelled"


def test_a_reading_key_stops_nothing_by_any_door(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    reader = polis.second_key(agent, scopes=("mcp:read",))
    with polis.unchanged():
        assert reader.refusal("polis_cancel", run_id=run_id)["code"] == "insufficient_scope"
        tasks = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
        answer = reader.ask_modern("tasks/cancel", {"taskId": run_id}, tasks)
    assert (answer.status_code, answer.json["error"]["data"]["code"]) == (200, "insufficient_scope")
    assert "mcp:read" in answer.json["error"]["message"]
    assert agent.call("polis_status", run_id=run_id)["status"] == "pending"
