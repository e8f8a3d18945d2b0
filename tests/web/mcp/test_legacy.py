"""The handshake era: what each revision is told, and what it is spared."""

import pytest

from app.web.mcp.problems import UrlElicitationRequired
from app.web.mcp.server import InputRequired, Listing, Task, TaskHandle, ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import TOOL, OneTool, server, with_tool

REVISIONS = ["2025-03-26", "2025-06-18", "2025-11-25"]
LINK = {"type": "resource_link", "uri": "a://b", "name": "there"}


def _hello(door, revision="2025-11-25", **params):
    return door.legacy("initialize", {"protocolVersion": revision, **params}, revision=None)


def _look(door, revision):
    return door.legacy("tools/call", {"name": "look"}, revision=revision).result


@pytest.mark.parametrize(
    ("revision", "members"),
    [
        ("2025-03-26", {"name", "version"}),
        ("2025-06-18", {"name", "version", "title"}),
        ("2025-11-25", {"name", "version", "title", "description", "websiteUrl", "icons"}),
    ],
)
def test_we_introduce_ourselves_in_the_revision_s_own_members(revision, members):
    greeting = _hello(Door(server(instructions="Look first.")), revision).result
    assert greeting["protocolVersion"] == revision
    assert set(greeting["serverInfo"]) == members
    assert greeting["instructions"] == "Look first."


def test_server_without_instructions_gives_none():
    assert "instructions" not in _hello(Door(server())).result


def test_only_families_that_are_served_are_capabilities():
    door = Door(with_tool(None, legacy_capabilities={"logging": {}}))
    assert _hello(door).result["capabilities"] == {"tools": {}, "logging": {}}


def test_server_hears_of_each_client_that_introduces_itself():
    met = []
    door = Door(server(greeted=met.append))
    _hello(door, clientInfo={"name": "c"}, capabilities={"elicitation": {"url": {}}})
    _hello(door, clientInfo="c", capabilities=7)
    assert [(seen.client_info, seen.client_capabilities) for seen in met] == [
        ({"name": "c"}, {"elicitation": {"url": {}}}),
        (None, {}),
    ]


def test_initialize_without_a_version_is_invalid():
    answer = Door(server()).legacy("initialize", {}, revision=None)
    assert (answer.status, answer.code) == (200, -32602)


@pytest.mark.parametrize(
    ("revision", "unknown"),
    [
        ("2025-03-26", {"title", "outputSchema", "icons", "_meta"}),
        ("2025-06-18", {"icons"}),
        ("2025-11-25", set()),
    ],
)
def test_tools_are_listed_without_what_the_revision_does_not_know(revision, unknown):
    tools = Door(with_tool(None)).legacy("tools/list", revision=revision).result["tools"]
    assert tools == [{key: value for key, value in TOOL.items() if key not in unknown}]


def test_output_schema_of_another_type_than_object_is_left_out():
    tool = {**TOOL, "outputSchema": {"type": "array"}}
    tools = OneTool(None, listing=Listing([tool], 0, "private"))
    listed = Door(server(tools=tools)).legacy("tools/list").result["tools"]
    assert "outputSchema" not in listed[0]


@pytest.mark.parametrize("revision", REVISIONS)
def test_structured_answer_is_told_as_text_and_as_itself_where_known(revision):
    result = _look(Door(with_tool(lambda *_: ToolResult({"n": 1}))), revision)
    assert result["content"] == [{"type": "text", "text": '{"n":1}'}]
    assert result.get("structuredContent") == (None if revision == "2025-03-26" else {"n": 1})
    assert result["isError"] is False


@pytest.mark.parametrize("structured", [[1], "words", 5])
def test_structured_answer_that_is_no_object_is_told_as_text_alone(structured):
    assert "structuredContent" not in _look(
        Door(with_tool(lambda *_: ToolResult(structured))), REVISIONS[2]
    )


def test_resource_links_become_text_where_they_are_unknown():
    door = Door(with_tool(lambda *_: ToolResult(content=[LINK, {"type": "text", "text": "x"}])))
    assert _look(door, "2025-03-26")["content"] == [
        {"type": "text", "text": "there: a://b"},
        {"type": "text", "text": "x"},
    ]
    assert _look(door, "2025-06-18")["content"][0] == LINK


def test_meta_of_a_result_is_passed_on():
    door = Door(with_tool(lambda *_: ToolResult({}, meta={"example.org/a": 1})))
    assert _look(door, "2025-11-25")["_meta"] == {"example.org/a": 1}


@pytest.mark.parametrize("outcome", [InputRequired(state="s"), TaskHandle(Task({"taskId": "t"}))])
def test_outcomes_of_the_stateless_era_are_our_mistake_here(outcome, caplog):
    answer = Door(with_tool(lambda *_: outcome)).legacy("tools/call", {"name": "look"})
    assert answer.code == -32603
    assert "2025-11-25 knows neither" in caplog.text


def test_url_elicitation_is_an_error_with_its_pages():
    def refuse(context, arguments):
        page = {
            "mode": "url",
            "elicitationId": "e",
            "url": "https://ours.example/e",
            "message": "Pay",
        }
        raise UrlElicitationRequired("Approval needed", [page])

    answer = Door(with_tool(refuse)).legacy("tools/call", {"name": "look"})
    assert (answer.status, answer.code) == (200, -32042)
    assert answer.json["error"]["data"]["elicitations"][0]["elicitationId"] == "e"


@pytest.mark.parametrize(
    "method", ["server/discover", "tasks/get", "subscriptions/listen", "nothing", "prompts/list"]
)
def test_unknown_methods_and_absent_families_are_not_found_with_200(method):
    answer = Door(with_tool(None)).legacy(method)
    assert (answer.status, answer.code) == (200, -32601)


def test_server_may_bring_methods_of_its_own():
    methods = {"logging/setLevel": lambda context, params: {"got": params["level"]}}
    door = Door(server(legacy_methods=methods))
    assert door.legacy("logging/setLevel", {"level": "info"}).result == {"got": "info"}


def test_context_says_what_the_request_said():
    seen = []
    door = Door(with_tool(lambda context, arguments: seen.append(context) or ToolResult({})))
    door.legacy("tools/call", {"name": "look", "_meta": {"progressToken": "p", "traceparent": "t"}})
    context = seen[0]
    assert (context.caller, context.revision, context.modern) == ("caller", "2025-11-25", False)
    assert (context.progress_token, context.meta["traceparent"]) == ("p", "t")
    assert (context.client_info, context.client_capabilities, context.wants_task) == (
        None,
        {},
        False,
    )
    assert context.closed() is False


@pytest.mark.parametrize(
    "meta", [5, {"progressToken": 1.5}, {"progressToken": True}, {"progressToken": []}]
)
def test_unreadable_meta_is_an_invalid_parameter(meta):
    answer = Door(with_tool(None)).legacy("tools/call", {"name": "look", "_meta": meta})
    assert (answer.status, answer.code) == (200, -32602)
