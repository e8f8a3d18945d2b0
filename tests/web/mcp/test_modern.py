"""The stateless era: every result says what it is and who gave it, every error its status."""

import pytest

from app.web.mcp.era import CLIENT_INFO
from app.web.mcp.problems import InvalidParams, MissingCapability
from app.web.mcp.server import RawJson, ToolResult
from tests.web.mcp.door import MODERN, Door, modern_meta
from tests.web.mcp.servers import TOOL, server, with_tool

SERVER_INFO = "io.modelcontextprotocol/serverInfo"
TASKS = {"extensions": {"io.modelcontextprotocol/tasks": {}}}


def _raising(error):
    def refuse(context, arguments):
        raise error

    return Door(with_tool(refuse))


def test_discover_names_the_stateless_revisions_and_what_is_served():
    door = Door(with_tool(None, extensions={"org.example/x": {}}, discover_ttl_ms=5))
    result = door.modern("server/discover").result
    info = result.pop("_meta")[SERVER_INFO]
    assert result == {
        "resultType": "complete",
        "supportedVersions": [MODERN],
        "capabilities": {"tools": {}, "extensions": {"org.example/x": {}}},
        "ttlMs": 5,
        "cacheScope": "public",
    }
    assert (info["name"], info["websiteUrl"]) == ("us", "https://ours.example")


def test_discover_repeats_the_instructions():
    door = Door(server(instructions="Look first."))
    assert door.modern("server/discover").result["instructions"] == "Look first."


def test_tools_are_listed_whole_with_cache_hints():
    result = Door(with_tool(None)).modern("tools/list").result
    assert result["tools"] == [TOOL]
    assert (result["ttlMs"], result["cacheScope"]) == (60_000, "private")
    assert (result["resultType"], result["_meta"][SERVER_INFO]["name"]) == ("complete", "us")


@pytest.mark.parametrize("structured", [{"n": 1}, [1], "words", 5, True])
def test_structured_answers_may_be_any_json(structured):
    result = (
        Door(with_tool(lambda *_: ToolResult(structured)))
        .modern("tools/call", {"name": "look"})
        .result
    )
    assert result["structuredContent"] == structured


def test_answer_serialised_by_the_tool_is_spliced_as_it_is():
    door = Door(with_tool(lambda *_: ToolResult(RawJson('{"n": 1.0}'))))
    answer = door.modern("tools/call", {"name": "look"})
    assert b'"structuredContent":{"n": 1.0}' in answer.body
    assert answer.result["content"] == [{"type": "text", "text": '{"n": 1.0}'}]


def test_meta_of_a_result_joins_ours():
    door = Door(with_tool(lambda *_: ToolResult({}, meta={"example.org/a": 1})))
    meta = door.modern("tools/call", {"name": "look"}).result["_meta"]
    assert (meta["example.org/a"], meta[SERVER_INFO]["name"]) == (1, "us")


@pytest.mark.parametrize(
    "method",
    [
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "tasks/list",
        "tasks/result",
        "nothing",
        "prompts/list",
    ],
)
def test_unknown_and_removed_methods_are_not_found_with_404(method):
    answer = Door(with_tool(None)).modern(method)
    assert (answer.status, answer.code, answer.json["id"]) == (404, -32601, 1)


def test_header_that_contradicts_the_body_is_a_400_before_the_method_is_looked_up():
    answer = Door(server()).modern("nothing", HTTP_MCP_METHOD="ping")
    assert (answer.status, answer.code) == (400, -32020)


def test_missing_capability_is_named_as_an_object_with_400():
    answer = _raising(MissingCapability({"sampling": {}})).modern("tools/call", {"name": "look"})
    assert (answer.status, answer.code) == (400, -32021)
    assert answer.json["error"]["data"] == {"requiredCapabilities": {"sampling": {}}}
    assert "sampling" in answer.json["error"]["message"]


def test_parameter_errors_are_told_with_200():
    answer = _raising(InvalidParams("No.", {"why": 1})).modern("tools/call", {"name": "look"})
    assert (answer.status, answer.code, answer.json["error"]["data"]) == (200, -32602, {"why": 1})


def test_context_says_what_the_request_said():
    seen = []
    door = Door(with_tool(lambda context, _: seen.append(context) or ToolResult({})))
    door.modern(
        "tools/call",
        {"name": "look", "inputResponses": {"a": {}}, "requestState": "s"},
        capabilities=TASKS,
        meta={CLIENT_INFO: {"name": "c"}, "progressToken": 7},
    )
    context = seen[0]
    assert (context.revision, context.modern, context.caller) == (MODERN, True, "caller")
    assert (context.client_info, context.client_capabilities) == ({"name": "c"}, TASKS)
    assert (context.input_responses, context.request_state) == ({"a": {}}, "s")
    assert (context.progress_token, context.wants_task, context.can_stream) == (7, True, True)


@pytest.mark.parametrize("capabilities", [{}, {"extensions": {}}, {"extensions": "x"}])
def test_tasks_are_wanted_only_where_the_request_says_so(capabilities):
    seen = []
    door = Door(with_tool(lambda context, _: seen.append(context) or ToolResult({})))
    door.modern("tools/call", {"name": "look"}, capabilities, {CLIENT_INFO: "not an object"})
    assert (seen[0].wants_task, seen[0].client_info) == (False, None)


@pytest.mark.parametrize(
    "params", [{"inputResponses": None}, {"inputResponses": []}, {"requestState": 5}]
)
def test_unreadable_answers_to_input_requests_are_invalid(params):
    answer = Door(with_tool(None)).modern("tools/call", {"name": "look", **params})
    assert answer.code == -32602


@pytest.mark.parametrize(
    ("accept", "streams"),
    [
        ("application/json, text/event-stream", True),
        ("application/json", False),
        (None, False),
        ("*/*", False),
    ],
)
def test_streams_are_for_clients_that_say_they_take_them(accept, streams):
    seen = []
    door = Door(with_tool(lambda context, _: seen.append(context) or ToolResult({})))
    door.modern("tools/call", {"name": "look"}, HTTP_ACCEPT=accept)
    assert seen[0].can_stream is streams


def test_arguments_are_held_against_the_headers_that_repeat_them():
    paths = {"look": {"mcp-param-region": ("where", "region")}}
    door = Door(with_tool(lambda *_: ToolResult({}), mirrored=paths))
    params = {"name": "look", "arguments": {"where": {"region": "eu"}}}
    assert door.modern("tools/call", params, HTTP_MCP_PARAM_REGION="eu").status == 200
    wrong = door.modern("tools/call", params, HTTP_MCP_PARAM_REGION="us")
    assert (wrong.status, wrong.code) == (400, -32020)
    assert door.modern("tools/call", params).status == 400
    assert door.modern("tools/list").status == 200


def test_half_characters_are_left_to_the_tool_here_too():
    door = Door(with_tool(lambda context, arguments: ToolResult(arguments)))
    answer = door.modern("tools/call", {"name": "look", "arguments": {"a": "\udfff"}})
    assert answer.result["structuredContent"] == {"a": "?"}


def test_request_state_of_half_characters_is_refused():
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"requestState": "\ud800", "_meta": modern_meta()},
    }
    assert Door(server()).post(message, HTTP_MCP_PROTOCOL_VERSION=MODERN).code == -32600
