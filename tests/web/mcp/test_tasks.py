"""Tasks: how they begin, and how a client follows, feeds and stops them."""

import pytest

from app.web.mcp.problems import UnknownTask
from app.web.mcp.server import Task, TaskHandle, ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import with_tool

DECLARED = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
FIELDS = {
    "taskId": "t",
    "status": "working",
    "createdAt": "2026-11-20T15:00:00Z",
    "lastUpdatedAt": "2026-11-20T15:00:00Z",
    "ttlMs": None,
    "pollIntervalMs": 1000,
}


class OneTask:
    def __init__(self, task=None):
        self._task = task
        self.heard = []

    def get(self, context, task_id):
        self._known(task_id)
        return self._task

    def update(self, context, task_id, responses):
        self._known(task_id)
        self.heard.append(responses)

    def cancel(self, context, task_id):
        self._known(task_id)
        self.heard.append("cancel")

    def _known(self, task_id):
        if task_id != "t":
            raise UnknownTask


def _door(task=None, tasks=None):
    handle = TaskHandle(Task(FIELDS))
    return Door(with_tool(lambda *_: handle, tasks=tasks or OneTask(task)))


def _get(task):
    result = _door(task).modern("tasks/get", {"taskId": "t"}, DECLARED).result
    assert result.pop("_meta")
    return result


def test_tasks_are_an_extension_the_server_declares():
    capabilities = _door().modern("server/discover").result["capabilities"]
    assert capabilities["extensions"] == {"io.modelcontextprotocol/tasks": {}}


def test_call_that_goes_on_as_a_task_is_answered_with_the_task():
    result = _door().modern("tools/call", {"name": "look"}, DECLARED).result
    assert result.pop("_meta")
    assert result == {"resultType": "task", **FIELDS}


def test_finished_task_holds_the_tool_s_own_answer():
    task = Task({**FIELDS, "status": "completed"}, result=ToolResult({"n": 1}, is_error=True))
    assert _get(task)["result"] == {
        "content": [{"type": "text", "text": '{"n":1}'}],
        "structuredContent": {"n": 1},
        "isError": True,
    }


def test_failed_task_holds_its_error_and_no_result():
    result = _get(Task(FIELDS, error={"code": -32603, "message": "Broke"}))
    assert result == {
        "resultType": "complete",
        **FIELDS,
        "error": {"code": -32603, "message": "Broke"},
    }


def test_waiting_task_holds_its_open_requests():
    result = _get(Task(FIELDS, input_requests={"a": {"method": "roots/list"}}))
    assert result["inputRequests"] == {"a": {"method": "roots/list"}}


@pytest.mark.parametrize(
    ("method", "more", "heard"),
    [("tasks/update", {"inputResponses": {"a": {}}}, {"a": {}}), ("tasks/cancel", {}, "cancel")],
)
def test_update_and_cancel_are_acknowledged_and_nothing_more(method, more, heard):
    tasks = OneTask()
    result = _door(tasks=tasks).modern(method, {"taskId": "t", **more}, DECLARED).result
    assert (set(result), result["resultType"]) == ({"resultType", "_meta"}, "complete")
    assert tasks.heard == [heard]


@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
def test_tasks_need_the_extension_on_this_very_request(method):
    answer = _door().modern(method, {"taskId": "t", "inputResponses": {}})
    assert (answer.status, answer.code) == (400, -32021)
    required = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
    assert answer.json["error"]["data"] == {"requiredCapabilities": required}


@pytest.mark.parametrize("method", ["tasks/get", "tasks/update", "tasks/cancel"])
def test_unknown_tasks_are_invalid_parameters(method):
    answer = _door().modern(method, {"taskId": "u", "inputResponses": {}}, DECLARED)
    assert (answer.code, answer.json["error"]["message"]) == (-32602, "Unknown task")


def test_update_without_answers_is_invalid():
    assert _door().modern("tasks/update", {"taskId": "t"}, DECLARED).code == -32602
