"""The tasks extension: runs, comparisons and panel questions as tasks named by their own handle."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.models.calls import ApiCall
from tests import oauth
from tests.factories import member
from tests.tools.agent import TASKS, Agent, Json, promised
from tests.tools.installation import HELLO, Installation

FIELDS = {
    "taskId", "status", "statusMessage", "createdAt", "lastUpdatedAt", "ttlMs", "pollIntervalMs",
}  # fmt: skip
VARIANTS = [{"content": "One"}, {"content": "Two"}]
COMPARE = {"content_type": "text", "variants": VARIANTS, "persona_count": 10}
ASK = {"target": "panel", "question": "Why?"}
Begin = Callable[[], Json]


@pytest.fixture
def agent(polis: Installation) -> Agent:
    return polis.agent()


@pytest.fixture(params=["polis_test", "polis_compare", "polis_ask"])
def begin(request: pytest.FixtureRequest, polis: Installation, agent: Agent) -> Begin:
    """Begins a task of each kind."""
    tool = request.param
    about = {"polis_test": HELLO, "polis_compare": COMPARE, "polis_ask": ASK}[tool]
    if tool == "polis_ask":
        about = {**about, "run_id": polis.complete_run(agent)}

    def call() -> Json:
        task = agent.modern("tools/call", {"name": tool, "arguments": about}, TASKS)
        assert (task["resultType"], task["status"]) == ("task", "working")
        assert task.keys() == FIELDS | {"resultType", "_meta"}
        return {**task, "tool": tool}

    return call


def _get(agent: Agent, task: Json) -> Json:
    found = agent.modern("tasks/get", {"taskId": task["taskId"]}, TASKS)
    assert found["resultType"] == "complete"
    assert (found["ttlMs"], type(found["pollIntervalMs"])) == (None, int)
    assert found.keys() - {"result"} == FIELDS | {"resultType", "_meta"}
    return found


def test_a_task_is_there_the_moment_it_was_told(agent, begin):
    task = begin()
    found = _get(agent, task)
    assert (found["taskId"], found["status"]) == (task["taskId"], "working")
    assert "result" not in found


def test_a_finished_task_holds_the_tools_own_answer_with_its_final_status(polis, agent, begin):
    task = begin()
    polis.work_off()
    found = _get(agent, task)
    assert found["status"] == "completed"
    assert found["lastUpdatedAt"] >= found["createdAt"]
    answer = promised(task["tool"], found["result"])
    assert answer["isError"] is False
    structured = answer["structuredContent"]
    assert structured["status"] == "complete"
    assert structured["tokens_charged"] > 0
    assert task["taskId"] in structured.values()


def test_cancelling_a_task_is_acknowledged_twice_and_refunds_it(agent, begin):
    task = begin()
    before = agent.call("polis_account")["pack_tokens_remaining"]
    for _ in range(2):
        done = agent.modern("tasks/cancel", {"taskId": task["taskId"]}, TASKS)
        assert done.keys() == {"resultType", "_meta"}
    assert _get(agent, task)["status"] == "cancelled"
    assert agent.call("polis_account")["pack_tokens_remaining"] > before


def _calls_of(polis: Installation, agent: Agent) -> list[tuple[str, str | None]]:
    polis.app.extensions["polis_last_use"].flush()
    with polis.services.database.reading() as session:
        rows = select(ApiCall).where(ApiCall.key_id == agent.who.key_id)
        found = session.scalars(rows.order_by(ApiCall.id)).all()
    return [(each.tool, each.refusal) for each in found]


def test_cancelling_a_task_is_a_call_of_its_key_like_any_other(polis, agent):
    task = agent.modern("tools/call", {"name": "polis_test", "arguments": HELLO}, TASKS)
    agent.modern("tasks/cancel", {"taskId": task["taskId"]}, TASKS)
    agent.ask_modern("tasks/cancel", {"taskId": "run_none"}, TASKS)
    assert _calls_of(polis, agent) == [
        ("polis_test", None), ("polis_cancel", None), ("polis_cancel", "not_found"),
    ]  # fmt: skip


def test_a_reading_key_that_cancels_a_task_is_told_what_it_lacks(polis, agent, begin):
    task, reader = begin(), polis.second_key(agent, scopes=("mcp:read",))
    with polis.unchanged():
        answer = reader.ask_modern("tasks/cancel", {"taskId": task["taskId"]}, TASKS)
    assert (answer.status_code, answer.json["id"]) == (200, 1)
    error = answer.json["error"]
    assert error["message"] == "polis_cancel needs the scope mcp; this key has mcp:read."
    assert error["data"]["code"] == "insufficient_scope"
    assert error["data"]["hint"] == "Use a key with the scope mcp."
    assert error["data"]["request_id"] == answer.headers["X-Request-Id"]
    assert _get(agent, task)["status"] == "working"


def test_an_app_that_may_only_read_is_shown_how_to_ask_for_cancelling(polis):
    who = member(polis.services, verified=True)
    token = oauth.tokens(polis.services, who, scopes=("mcp:read",)).access_token
    app = polis.as_(replace(who, key=token))
    answer = app.ask_modern("tasks/cancel", {"taskId": "run_none"}, TASKS)
    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("task_id", [" ", "run_none", "thr_none", "x" * 101, "\u0001"])
def test_a_task_nobody_has_is_unknown_in_the_same_words(agent, task_id):
    answer = agent.ask_modern("tasks/cancel", {"taskId": task_id}, TASKS)
    assert (answer.json["error"]["code"], answer.json["error"]["message"]) == (
        -32602, "Unknown task",
    )  # fmt: skip


def test_a_finished_task_stays_finished(polis, agent, begin):
    task = begin()
    polis.work_off()
    agent.modern("tasks/cancel", {"taskId": task["taskId"]}, TASKS)
    assert _get(agent, task)["status"] == "completed"


def test_input_nobody_asked_for_is_ignored(agent, begin):
    params = {"taskId": begin()["taskId"], "inputResponses": {"x": {"action": "accept"}}}
    assert agent.modern("tasks/update", params, TASKS).keys() == {"resultType", "_meta"}


@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
def test_tasks_are_for_clients_that_declared_them(agent, begin, method):
    params = {"taskId": begin()["taskId"], "inputResponses": {}}
    answer = agent.ask_modern(method, params)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, -32021)


@pytest.mark.parametrize("method", ["tasks/list", "tasks/result"])
def test_methods_of_the_older_tasks_do_not_exist(agent, method):
    answer = agent.ask_modern(method, {"taskId": "run_x"}, TASKS)
    assert (answer.status_code, answer.json["error"]["code"]) == (404, -32601)


def test_the_handshake_era_knows_no_tasks(agent):
    call = {"name": "polis_test", "arguments": HELLO, "task": {"ttl": 1000}}
    result = agent.result("tools/call", call)
    promised("polis_test", result)
    assert agent.ask("tasks/get", {"taskId": "x"}).json["error"]["code"] == -32601


def test_without_the_extension_the_answer_comes_at_once(agent):
    result = agent.modern("tools/call", {"name": "polis_test", "arguments": HELLO})
    assert result["resultType"] == "complete"
    promised("polis_test", result)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("polis_account", {}), ("polis_topup", {"pack": "small"}), ("polis_estimate", HELLO)],
)
def test_quick_tools_are_never_tasks(agent, tool, arguments):
    result = agent.modern("tools/call", {"name": tool, "arguments": arguments}, TASKS)
    assert result["resultType"] == "complete"
    promised(tool, result)


def test_one_persona_answers_without_a_task(inline):
    agent = inline.agent()
    about = {"run_id": inline.complete_run(agent), "target": "persona", "persona_id": "p1"}
    call = {"name": "polis_ask", "arguments": {**about, "question": "Why?"}}
    result = promised("polis_ask", agent.modern("tools/call", call, TASKS))
    assert result["structuredContent"]["status"] == "complete"


def test_a_refused_start_is_a_refusal_and_no_task(polis):
    agent = polis.agent(tokens=0)
    with polis.unchanged():
        result = agent.modern("tools/call", {"name": "polis_test", "arguments": HELLO}, TASKS)
    assert (result["resultType"], result["isError"]) == ("complete", True)


def test_the_extension_is_announced(agent):
    capabilities = agent.modern("server/discover")["capabilities"]
    assert capabilities["extensions"].items() >= TASKS["extensions"].items()


def test_a_header_that_names_another_task_is_refused(agent, begin):
    params = {"taskId": begin()["taskId"]}
    agent.headers["Mcp-Name"] = "run_other"
    message = {"jsonrpc": "2.0", "id": 1, "method": "tasks/get", "params": params}
    answer = agent.send(message, mcp_protocol_version="2026-07-28", mcp_method="tasks/get")
    assert answer.status_code == 400
