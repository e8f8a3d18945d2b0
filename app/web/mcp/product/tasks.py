"""Runs, comparisons and panel questions as tasks: the task's id is the handle itself."""

import json
from collections.abc import Mapping
from datetime import datetime

from app.bootstrap import Services
from app.domain.runs import find
from app.errors import InvalidInput, NotFound, PolisError
from app.kit import clock
from app.tools import ask, cancel, compare, status, test, thread
from app.tools.base import POLL_AFTER_S, Call, Output
from app.web.desk.desk import Desk, Noted, Told
from app.web.mcp.problems import RefusedTask, UnknownTask
from app.web.mcp.server import Context, Json, RawJson, Task, TaskHandle, ToolResult

_STATES = {"complete": "completed", "cancelled": "cancelled", "failed": "completed"}


class ProductTasks:
    """What a client that declared the extension may ask about its tasks."""

    def __init__(self, services: Services, noted: Noted) -> None:
        self._services = services
        self._noted = noted

    def get(self, context: Context, task_id: str) -> Task:
        """The task as it stands; finished, with the tool's own answer."""
        desk = Desk(self._services, context.caller, context.request_id)
        try:
            return task_of(desk, task_id)
        except NotFound:
            raise UnknownTask from None

    def update(self, context: Context, task_id: str, responses: Mapping[str, Json]) -> None:
        """Our tasks ask nothing back, so every answer is one too many; the id is still checked."""
        del responses
        self.get(context, task_id)

    def cancel(self, context: Context, task_id: str) -> None:
        """polis_cancel by another name; a finished task stays as it ended."""
        desk = Desk(self._services, context.caller, context.request_id, self._noted)
        name = "thread_id" if task_id.startswith("thr_") else "run_id"
        try:
            desk.perform(cancel.TOOL, {name: task_id})
        except (NotFound, InvalidInput):  # a handle too long to be one is nobody's either
            raise UnknownTask from None
        except PolisError as error:
            raise RefusedTask(json.loads(desk.refused(error).text)["error"]) from None


def started(desk: Desk, handle: str) -> TaskHandle:
    """A call that goes on as a task; its rows are committed, so an immediate get finds it."""
    return TaskHandle(task_of(desk, handle))


def task_of(desk: Desk, handle: str) -> Task:
    """A handle of the caller as a task."""
    answer, fields = desk.within(lambda call: _standing(call, handle))
    state = fields["status"]
    if state == "working":
        return Task(fields)
    told = result(desk.told(answer, fresh=True)) if state == "completed" else None
    return Task(fields, result=told)


def result(told: Told) -> ToolResult:
    """What the desk told, as a tool's result."""
    return ToolResult(RawJson(told.text), is_error=told.refusal is not None)


def _standing(call: Call, handle: str) -> tuple[Output, Json]:
    """The tool's own answer of now, and the task's fields."""
    if handle.startswith("thr_"):
        return _turn(call, handle)
    state = status.of(call, handle)
    rows = find.runs_of(call.session, call.caller, handle)
    answer = (compare if handle.startswith("cmp_") else test).followed(call, handle)
    ended = max((row.completed_at or row.created_at for row in rows), default=call.now)
    message = f"{state.reactions_done} of {state.reactions_total} reactions"
    return answer, _fields(handle, state.status, message, rows[0].created_at, ended)


def _turn(call: Call, handle: str) -> tuple[Output, Json]:
    turn = thread.last_turn(call, handle)
    message = f"{turn.answers_done} of {turn.answers_total} answers"
    ended = turn.completed_at or turn.asked_at
    return ask.followed(call, handle), _fields(handle, turn.status, message, turn.asked_at, ended)


def _fields(handle: str, state: str, message: str, began: datetime, ended: datetime) -> Json:
    return {
        "taskId": handle,
        "status": _STATES.get(state, "working"),
        "statusMessage": message,
        "createdAt": clock.iso(began),
        "lastUpdatedAt": clock.iso(ended),
        "ttlMs": None,
        "pollIntervalMs": 1000 * POLL_AFTER_S,
    }
