"""What a call came to, in the members of its result."""

from app.web.door import json_text
from app.web.mcp import revisions
from app.web.mcp.answers import Result
from app.web.mcp.capabilities import require_askable
from app.web.mcp.server import (
    Context,
    InputRequired,
    Json,
    Outcome,
    RawJson,
    Task,
    TaskHandle,
    ToolResult,
)


def result(outcome: Outcome, context: Context) -> Result:
    """Return the result of a call that is done, needs input, or goes on as a task."""
    if isinstance(outcome, ToolResult):
        return Result(tool_members(outcome, context.revision), meta=outcome.meta)
    if isinstance(outcome, InputRequired):
        return input_required(outcome, context)
    return task_started(outcome, context)


def tool_members(outcome: ToolResult, revision: str) -> str:
    """Return a tool's answer; its structured part is serialised once and told twice."""
    structured = _structured_text(outcome.structured)
    if outcome.content is None:
        content = f'[{{"type":"text","text":{json_text.dumps(structured)}}}]'
    else:
        content = json_text.dumps(revisions.known_blocks(outcome.content, revision))
    if structured and _knows_structured(structured, revision):
        content += f',"structuredContent":{structured}'
    return f'"content":{content},"isError":{"true" if outcome.is_error else "false"}'


def input_required(outcome: InputRequired, context: Context) -> Result:
    """Ask the client for input it declared, before it repeats the call."""
    _require_modern(context)
    require_askable(outcome.requests, context.client_capabilities)
    members: Json = {}
    if outcome.requests:
        members["inputRequests"] = outcome.requests
    if outcome.state is not None:
        members["requestState"] = outcome.state
    return Result(json_text.dumps(members)[1:-1], "input_required")


def task_started(outcome: TaskHandle, context: Context) -> Result:
    """Tell the client under which task its call goes on."""
    _require_modern(context)
    return Result(json_text.dumps(outcome.task.fields)[1:-1], "task")


def task_members(task: Task, revision: str) -> str:
    """Return a task as it stands, with what it came to."""
    members = dict(task.fields)
    if task.error is not None:
        members["error"] = task.error
    if task.input_requests is not None:
        members["inputRequests"] = task.input_requests
    text = json_text.dumps(members)[1:-1]
    if task.result is not None:
        text += f',"result":{{{tool_members(task.result, revision)}}}'
    return text


def _structured_text(structured: object) -> str:
    if structured is None:
        return ""
    return structured if isinstance(structured, RawJson) else json_text.dumps(structured)


def _knows_structured(text: str, revision: str) -> bool:
    """Handshake revisions know objects only, the first of them nothing at all."""
    if revision in revisions.MODERN:
        return True
    return revision >= revisions.STRUCTURED and text.startswith("{")


def _require_modern(context: Context) -> None:
    if not context.modern:
        raise TypeError(f"{context.revision} knows neither input requests nor tasks")
