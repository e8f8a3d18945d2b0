"""Messages that are broken, hostile or merely unanswered."""

import json

import pytest

from app.web.mcp.server import ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import server, with_tool

HALF = "\ud800"


@pytest.fixture
def door():
    return Door(server())


def _echo():
    return Door(with_tool(lambda context, arguments: ToolResult({"said": arguments})))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"jsonrpc":"2.0","id":1,"method":"ping"} trailing',
        b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":Infinity}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":-Infinity}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":1e999}}',
        b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"p\x00ing"}',
        b"[" * 1_000 + b"]" * 1_000,
        b"[" * 200_000,
        b'{"a":' * 101 + b"1" + b"}" * 101,
    ],
    ids=lambda body: repr(body[:50]),
)
def test_what_is_no_strict_json_is_a_parse_error(door, body):
    answer = door.post(body)
    assert (answer.status, answer.code, answer.json["id"]) == (400, -32700, None)


@pytest.mark.parametrize(
    "message",
    [
        5,
        "ping",
        None,
        {},
        {"id": 1, "method": "ping"},
        {"jsonrpc": "1.0", "id": 1, "method": "ping"},
        {"jsonrpc": "2.0", "id": None, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1.5, "method": "ping"},
        {"jsonrpc": "2.0", "id": True, "method": "ping"},
        {"jsonrpc": "2.0", "id": [1], "method": "ping"},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "method": 7},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": None},
        {"jsonrpc": "2.0", "id": 1, "method": f"p{HALF}"},
        {"jsonrpc": "2.0", "id": HALF, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"a": ["\0"]}},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {HALF: 1}},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "\0"}},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": HALF},
    ],
    ids=repr,
)
def test_what_is_no_message_is_an_invalid_request(door, message):
    answer = door.post(message)
    assert (answer.status, answer.code) == (400, -32600)


@pytest.mark.parametrize(
    ("message", "id_"),
    [
        ({"jsonrpc": "1.0", "id": "a", "method": "ping"}, "a"),
        ({"jsonrpc": "2.0", "id": 7, "method": 7}, 7),
        ({"jsonrpc": "2.0", "id": 1.5, "method": "ping"}, None),
    ],
)
def test_invalid_request_repeats_an_id_it_can_read(door, message, id_):
    assert door.post(message).json["id"] == id_


def test_what_cannot_be_read_still_counts_as_one_message(door):
    answer = door.post(b"{")
    assert door.gate.counted == [1]
    assert answer.says("ratelimit-remaining") == "7"


def test_escaped_text_is_only_refused_where_it_is_broken(door):
    answer = door.post(b'{"jsonrpc":"2.0","id":"\\ud83d\\ude00","method":"ping"}')
    assert answer.json["id"] == "\N{GRINNING FACE}"


def test_arguments_of_a_tool_are_left_to_the_tool_and_never_break_the_answer():
    arguments = {"a": HALF, "b": "\0", HALF: 1}
    answer = _echo().legacy("tools/call", {"name": "look", "arguments": arguments})
    assert answer.result["structuredContent"] == {"said": {"a": "?", "b": "\0", "?": 1}}


def test_answers_are_utf_8_without_escapes():
    answer = _echo().legacy("tools/call", {"name": "look", "arguments": {"a": "grüße"}})
    assert "grüße".encode() in answer.body


def test_ids_keep_their_type(door):
    for id_ in ("1", 1, 0, -5, 2**70, ""):
        assert door.post({"jsonrpc": "2.0", "id": id_, "method": "ping"}).json["id"] == id_


@pytest.mark.parametrize("revision", ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"])
def test_notifications_are_accepted_and_not_answered(door, revision):
    message = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = door.post(message, HTTP_MCP_PROTOCOL_VERSION=revision)
    assert (answer.status, answer.body) == (202, b"")
    assert answer.says("content-type") is None


def test_replies_of_handshake_clients_reach_the_server():
    taken = []
    door = Door(server(answered=lambda caller, message: taken.append((caller, message["id"]))))
    reply = {"jsonrpc": "2.0", "id": "ours", "result": {}}
    assert door.post(reply, HTTP_MCP_PROTOCOL_VERSION="2025-11-25").status == 202
    assert taken == [("caller", "ours")]


def test_replies_nobody_waits_for_are_accepted(door):
    assert door.post({"jsonrpc": "2.0", "id": 1, "error": {}}).status == 202


def test_stateless_clients_have_nothing_to_reply_to(door):
    reply = {"jsonrpc": "2.0", "id": 1, "result": {}}
    answer = door.post(reply, HTTP_MCP_PROTOCOL_VERSION="2026-07-28")
    assert (answer.status, answer.code) == (400, -32600)


def test_a_body_of_many_flat_members_is_not_deep():
    arguments = {"rows": [{"n": [n]} for n in range(200)]}
    answer = _echo().legacy("tools/call", {"name": "look", "arguments": arguments})
    assert answer.result["structuredContent"]["said"] == arguments


def test_an_answer_that_is_no_number_is_our_mistake():
    door = Door(with_tool(lambda context, arguments: ToolResult({"n": float("nan")})))
    assert door.legacy("tools/call", {"name": "look"}).code == -32603


def test_every_body_answered_is_json_of_one_line(door):
    body = door.post({"jsonrpc": "2.0", "id": "a\nb", "method": "ping"}).body
    assert (
        body
        == json.dumps(
            {"jsonrpc": "2.0", "id": "a\nb", "result": {}}, separators=(",", ":")
        ).encode()
    )
