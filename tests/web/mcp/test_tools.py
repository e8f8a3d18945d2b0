"""Calls of tools: their names and arguments, and the three ways to an outcome."""

import pytest

from app.web.mcp.server import Listing, Progress, ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import TOOL, OneTool, server, with_tool


def _counting(context, arguments):
    yield Progress(1, 2, "half")
    yield None
    yield Progress(1)
    yield Progress(2, 2)
    return ToolResult({"done": True})


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"name": "listen"}, "Unknown tool: listen"),
        ({}, "name must be a string"),
        ({"name": 5}, "name must be a string"),
        ({"name": "look", "arguments": []}, "arguments must be an object"),
        ({"name": "look", "arguments": None}, "arguments must be an object"),
    ],
)
def test_calls_that_name_no_tool_or_no_arguments_are_invalid(params, message):
    answer = Door(with_tool(None)).legacy("tools/call", params)
    assert (answer.status, answer.code) == (200, -32602)
    assert answer.json["error"]["message"] == message


def test_absent_arguments_are_no_arguments():
    tools = OneTool(lambda context, arguments: ToolResult({}))
    Door(server(tools=tools)).legacy("tools/call", {"name": "look"})
    assert tools.calls[0][1] == {}


@pytest.mark.parametrize("cursor", ["more", "", 5])
def test_cursor_nobody_handed_out_is_invalid(cursor):
    assert Door(with_tool(None)).legacy("tools/list", {"cursor": cursor}).code == -32602


def test_list_with_more_pages_says_where_to_go_on():
    listing = Listing([TOOL], 5, "public", next_cursor="two")
    door = Door(server(tools=OneTool(None, listing=listing)))
    assert door.legacy("tools/list").result["nextCursor"] == "two"


def test_list_is_serialised_once_for_each_revision():
    listing = Listing([TOOL], 5, "public")
    door = Door(server(tools=OneTool(None, listing=listing)))
    first = door.modern("tools/list").body
    object.__setattr__(listing, "items", None)
    assert door.modern("tools/list").body == first
    assert set(listing.rendered) == {"2026-07-28"}


def test_errors_of_a_tool_are_results():
    block = {"type": "text", "text": "no"}
    door = Door(with_tool(lambda *_: ToolResult({"error": {}}, [block], is_error=True)))
    result = door.legacy("tools/call", {"name": "look"}).result
    assert result == {"content": [block], "structuredContent": {"error": {}}, "isError": True}


def test_notices_are_dropped_where_the_tool_does_not_stream():
    door = Door(with_tool(_counting))
    params = {"name": "look", "_meta": {"progressToken": 1}}
    assert door.legacy("tools/call", params).result["structuredContent"] == {"done": True}


def test_notices_are_dropped_for_clients_that_take_no_streams():
    door = Door(with_tool(_counting, streaming=True))
    answer = door.legacy("tools/call", {"name": "look"}, HTTP_ACCEPT="application/json")
    assert answer.says("content-type") == "application/json"


def test_progress_is_streamed_under_the_client_s_token_while_it_rises():
    door = Door(with_tool(_counting, streaming=True))
    answer = door.legacy("tools/call", {"name": "look", "_meta": {"progressToken": "p"}})
    assert (answer.status, answer.says("content-type")) == (200, "text/event-stream")
    assert (answer.says("x-accel-buffering"), answer.says("cache-control")) == ("no", "no-cache")
    assert answer.says("content-length") is None
    assert answer.says("ratelimit-remaining") == "7"
    first, second, last = answer.events
    assert first["params"] == {"progressToken": "p", "progress": 1, "total": 2, "message": "half"}
    assert second == {
        "jsonrpc": "2.0",
        "method": "notifications/progress",
        "params": {"progressToken": "p", "progress": 2, "total": 2},
    }
    assert last["result"]["structuredContent"] == {"done": True}


def test_progress_without_a_token_is_not_told():
    door = Door(with_tool(_counting, streaming=True))
    assert len(door.legacy("tools/call", {"name": "look"}).events) == 1


def test_whole_messages_pass_through_a_stream():
    def asking(context, arguments):
        yield {"id": "q", "method": "sampling/createMessage", "params": {}}
        return ToolResult({})

    events = Door(with_tool(asking, streaming=True)).legacy("tools/call", {"name": "look"}).events
    assert events[0] == {
        "jsonrpc": "2.0",
        "id": "q",
        "method": "sampling/createMessage",
        "params": {},
    }
