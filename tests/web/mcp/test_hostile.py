"""Whatever comes in, something sensible goes out: never a 5xx, always JSON where there is a body."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.door.http import Refused
from app.web.mcp.server import Task, ToolResult
from tests.web.mcp.door import MODERN, Door, modern_meta
from tests.web.mcp.servers import OneTool, server
from tests.web.mcp.test_families import Completions, Prompts, Resources
from tests.web.mcp.test_streams import Changing
from tests.web.mcp.test_tasks import FIELDS, OneTask

METHODS = (
    "initialize",
    "ping",
    "server/discover",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
    "resources/read",
    "prompts/list",
    "prompts/get",
    "completion/complete",
    "tasks/get",
    "tasks/update",
    "tasks/cancel",
    "subscriptions/listen",
    "notifications/cancelled",
)
MEMBERS = (
    "name",
    "arguments",
    "uri",
    "cursor",
    "ref",
    "argument",
    "context",
    "taskId",
    "inputResponses",
    "requestState",
    "notifications",
    "protocolVersion",
    "capabilities",
    "_meta",
)
text = st.text(st.characters(exclude_categories=()), max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | text
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
params = st.dictionaries(st.sampled_from(MEMBERS) | text, anything, max_size=6)
messages = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0"), "method": st.sampled_from(METHODS) | text},
    optional={"id": st.integers() | text | anything, "params": params | anything},
)
revisions = st.none() | st.sampled_from(
    ["2025-03-26", "2025-06-18", "2025-11-25", MODERN, "2031-01-01"]
)
names = st.none() | st.sampled_from(["look", "t", "=?base64?bG9vaw==?=", "=?base64?!?="])

DOOR = Door(
    server(
        tools=OneTool(lambda context, arguments: ToolResult({"said": arguments})),
        resources=Resources(),
        prompts=Prompts(),
        completions=Completions(None),
        tasks=OneTask(Task(FIELDS)),
        listen=Changing(),
    )
)


def _holds(answer):
    assert answer.status < 500
    if answer.says("content-type") == "application/json":
        answers = answer.json if isinstance(answer.json, list) else [answer.json]
        for each in answers:
            assert each["jsonrpc"] == "2.0"
            assert each.get("error", {}).get("code") != -32603
    else:
        assert answer.status == 202 or answer.events


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), revisions)
def test_any_bytes(body, revision):
    _holds(DOOR.post(body, HTTP_MCP_PROTOCOL_VERSION=revision))


@settings(max_examples=600, deadline=None)
@given(messages | anything | st.lists(messages, max_size=4), revisions)
def test_any_message(message, revision):
    method = message.get("method") if isinstance(message, dict) else None
    header = method if isinstance(method, str) and method.isascii() else None
    _holds(DOOR.post(message, HTTP_MCP_PROTOCOL_VERSION=revision, HTTP_MCP_METHOD=header))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(METHODS), params, names, st.dictionaries(text, anything, max_size=3))
def test_any_parameters_in_a_whole_envelope(method, given_params, name, capabilities):
    tasks = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
    whole = {**given_params, "_meta": modern_meta({**capabilities, **tasks})}
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": whole}
    headers = {"HTTP_MCP_PROTOCOL_VERSION": MODERN, "HTTP_MCP_METHOD": method}
    _holds(DOOR.post(message, HTTP_MCP_NAME=name, **headers))


def test_names_made_up_by_a_caller_do_not_come_back_whole():
    answer = DOOR.legacy("tools/call", {"name": "x" * 10_000})
    assert len(answer.body) < 300


def test_refusal_without_a_phrase_of_its_own_is_still_json():
    refusing = Door(server())
    refusing.gate.refuse_caller = Refused(451)
    assert json.loads(refusing.post(b"{}").body)["error"]["message"]
