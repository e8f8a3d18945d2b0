"""Batches: in 2025-03-26 alone, bounded, and counted as what they hold."""

import pytest

from app.db import DatabaseAway
from app.web.door.http import Refused
from app.web.mcp.server import Progress, ToolResult
from tests.web.mcp.door import CHALLENGE, Door
from tests.web.mcp.servers import server, with_tool


def _ping(id_):
    return {"jsonrpc": "2.0", "id": id_, "method": "ping"}


NOTE = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@pytest.fixture
def door():
    return Door(server())


@pytest.mark.parametrize("revision", [None, "2025-03-26"])
def test_each_call_of_a_batch_is_answered_under_its_id(door, revision):
    answer = door.post([_ping(1), NOTE, _ping("b")], HTTP_MCP_PROTOCOL_VERSION=revision)
    assert answer.status == 200
    assert [item["id"] for item in answer.json] == [1, "b"]


@pytest.mark.parametrize("revision", ["2025-06-18", "2025-11-25", "2026-07-28"])
def test_later_revisions_have_no_batches(door, revision):
    answer = door.post([_ping(1)], HTTP_MCP_PROTOCOL_VERSION=revision)
    assert (answer.status, answer.code, answer.json["id"]) == (400, -32600, None)


def test_batch_is_counted_as_its_messages(door):
    door.post([_ping(n) for n in range(7)])
    assert door.gate.counted == [7]


def test_batch_of_fifty_is_answered(door):
    assert len(door.post([_ping(n) for n in range(50)]).json) == 50


@pytest.mark.parametrize("size", [0, 51])
def test_empty_and_oversized_batches_are_refused(door, size):
    answer = door.post([_ping(n) for n in range(size)])
    assert (answer.status, answer.code) == (400, -32600)


def test_initialize_cannot_be_part_of_a_batch(door):
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}
    assert door.post([_ping(1), hello]).status == 400


def test_batch_of_notifications_is_accepted_in_silence(door):
    answer = door.post([NOTE, NOTE])
    assert (answer.status, answer.body) == (202, b"")


def test_broken_messages_of_a_batch_are_refused_one_by_one(door):
    answer = door.post([5, _ping(1), {"jsonrpc": "2.0", "id": 2, "method": "nothing"}])
    codes = [item.get("error", {}).get("code") for item in answer.json]
    assert codes == [-32600, None, -32601]


def test_half_characters_in_one_message_refuse_the_batch(door):
    assert door.post([_ping(1), {**_ping(2), "x": "\ud800"}]).status == 400


@pytest.mark.parametrize(
    "mishap",
    [
        Refused(403, [CHALLENGE], message="look needs the scope mcp."),
        DatabaseAway("The database does not answer.", retry_after_s=5),
    ],
)
def test_one_message_refused_with_a_status_takes_no_other_answer_along(mishap):
    def refuse(context, arguments):
        raise mishap

    door = Door(with_tool(refuse))
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "look"}}
    answer = door.post([_ping(1), call, _ping(3)])
    assert (answer.status, [item["id"] for item in answer.json]) == (200, [1, 2, 3])
    assert [answer.json[0]["result"], answer.json[2]["result"]] == [{}, {}]
    error = answer.json[1]["error"]
    assert (error["code"], error["message"]) == (-32600, str(mishap))
    assert error["data"]["request_id"] == answer.says("x-request-id")
    assert door.post(call).status in {403, 503}  # alone it ends the whole request


def test_calls_of_a_batch_are_never_streamed():
    def count(context, arguments):
        yield Progress(1)
        return ToolResult({"can_stream": context.can_stream})

    door = Door(with_tool(count, streaming=True))
    params = {"name": "look", "_meta": {"progressToken": 1}}
    answer = door.post([{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}])
    assert answer.json[0]["result"]["content"][0]["text"] == '{"can_stream":false}'
