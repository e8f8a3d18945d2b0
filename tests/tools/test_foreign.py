"""Somebody else's handles: foreign, unknown and malformed ones get the same words everywhere."""

from dataclasses import dataclass

import pytest

from app.kit import ids
from app.tools import TOOLS
from tests.tools.agent import TASKS, Agent
from tests.tools.installation import HELLO, Installation

ASK = {"target": "panel", "question": "Why?"}
# Every field of every tool that names an object of somebody's; `p1` is a name within one's own run.
HANDLES = [
    (tool, field)
    for tool, it in TOOLS.items()
    for field in it.describe()["inputSchema"]["properties"]
    if field.endswith("_id") and field != "persona_id"
]


@dataclass
class Stranger:
    """An agent and handles that are not its own."""

    agent: Agent
    run_id: str
    compare_id: str
    thread_id: str

    @property
    def handles(self) -> dict[str, list[str]]:
        """Foreign, unknown and malformed handles by kind."""
        foreign = {"run": self.run_id, "cmp": self.compare_id, "thr": self.thread_id}
        return {
            kind: [handle, ids.new(kind), f"{kind}_", f"{kind}_{handle}", f"{kind}_' OR 1=1 --"]
            for kind, handle in foreign.items()
        }


@pytest.fixture(params=["another organization", "the other book"])
def stranger(request, polis: Installation) -> Stranger:
    owner = polis.agent()
    run_id = polis.complete_run(owner)
    compare_id = polis.complete_comparison(owner)["compare_id"]
    thread_id = owner.call("polis_ask", run_id=run_id, **ASK)["thread_id"]
    other = request.param == "the other book"
    agent = polis.second_key(owner, book="test") if other else polis.agent()
    return Stranger(agent, run_id, compare_id, thread_id)


def _words(polis, stranger, tool, kind, field="run_id", **more):
    """Every answer a stranger gets for a kind of handle, without its request id."""
    said = set()
    for handle in stranger.handles[kind]:
        with polis.unchanged():
            error = stranger.agent.refusal(tool, **{field: handle}, **more)
        assert len(handle) < 10 or handle not in str(error)
        said.add((error["code"], error["message"], error["hint"], str(error["details"])))
    return said


def test_s21_no_handle_of_any_tool_opens_what_is_anothers_by_either_door(polis, stranger, measured):
    own, opened = polis.complete_run(stranger.agent), {}
    for tool, field in HANDLES:
        more = {"run_id": own, **ASK} if tool == "polis_ask" else {}
        rest = polis.as_(stranger.agent.who, f"/api/v1/{tool.removeprefix('polis_')}")
        for handle in (stranger.run_id, stranger.compare_id, stranger.thread_id):
            with polis.unchanged():
                error = stranger.agent.refusal(tool, **{**more, field: handle})
                answer = rest.send({**more, field: handle})
            assert handle not in answer.text
            if (error["code"], answer.status_code) != ("not_found", 404):
                opened[tool, field, handle] = (error["code"], answer.status_code)
    measured("S21", "answers other than 404", len(opened))
    assert len(HANDLES) > 5
    assert opened == {}


@pytest.mark.parametrize("kind", ["run", "cmp"])
@pytest.mark.parametrize("tool", ["polis_status", "polis_report", "polis_cancel"])
def test_runs_and_comparisons_of_others_do_not_exist(polis, stranger, tool, kind):
    ((code, *_),) = _words(polis, stranger, tool, kind)
    assert code == "not_found"


def test_nobody_asks_a_panel_of_others(polis, stranger):
    ((code, *_),) = _words(polis, stranger, "polis_ask", "run", **ASK)
    assert code == "not_found"


@pytest.mark.parametrize("tool", ["polis_thread", "polis_cancel"])
def test_threads_of_others_do_not_exist(polis, stranger, tool):
    ((code, *_),) = _words(polis, stranger, tool, "thr", field="thread_id")
    assert code == "not_found"


def test_nobody_goes_on_in_a_thread_of_others(polis, stranger):
    own = polis.complete_run(stranger.agent)
    ((code, *_),) = _words(
        polis, stranger, "polis_ask", "thr", field="thread_id", run_id=own, **ASK
    )
    assert code == "not_found"


@pytest.mark.parametrize(
    "handle", ["", "x", "run", "RUN_" + "0" * 26, "thr_" + "0" * 26, "\u202erun_"]
)
def test_what_is_no_handle_at_all_gets_the_same_words(polis, stranger, handle):
    known = stranger.agent.refusal("polis_status", run_id=stranger.run_id)
    error = stranger.agent.refusal("polis_status", run_id=handle)
    assert {**error, "request_id": ""} == {**known, "request_id": ""}


def test_runs_of_others_are_not_listed(stranger):
    assert stranger.agent.call("polis_runs")["runs"] == []


@pytest.mark.parametrize("method", ["tasks/get", "tasks/cancel", "tasks/update"])
@pytest.mark.parametrize("kind", ["run", "cmp", "thr"])
def test_tasks_of_others_do_not_exist(polis, stranger, method, kind):
    said = set()
    for handle in stranger.handles[kind]:
        params = {"taskId": handle, "inputResponses": {}}
        with polis.unchanged():
            answer = stranger.agent.ask_modern(method, params, TASKS)
        assert answer.status_code == 200
        said.add(str(answer.json["error"]))
    assert said == {"{'code': -32602, 'message': 'Unknown task'}"}


@pytest.mark.parametrize("kind", ["run", "cmp"])
def test_reports_of_others_are_no_resources(stranger, kind):
    said = set()
    for handle in stranger.handles[kind]:
        uri = f"polis://runs/{handle}/report"
        answer = stranger.agent.ask_modern("resources/read", {"uri": uri})
        error = answer.json["error"]
        assert error.pop("data") == {"uri": uri}
        said.add(str(error))
    assert said == {"{'code': -32602, 'message': 'Resource not found'}"}


def test_runs_of_others_are_no_completions(stranger):
    params = {
        "ref": {"type": "ref/resource", "uri": "polis://runs/{run_id}/report"},
        "argument": {"name": "run_id", "value": stranger.run_id[:10]},
    }
    assert stranger.agent.result("completion/complete", params)["completion"]["values"] == []


def test_the_same_idempotency_key_of_others_is_another_key(polis, stranger):
    owner, key = polis.agent(), {"idempotency_key": "same"}
    assert (
        owner.call("polis_test", **HELLO, **key)["run_id"]
        != (stranger.agent.call("polis_test", **HELLO, **key)["run_id"])
    )
