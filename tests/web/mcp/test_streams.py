"""Streams: how long they last, what keeps them alive, what ends them."""

import pytest

from app.web.mcp.answers import Result, Stream, drained
from app.web.mcp.problems import InvalidParams, RpcError
from app.web.mcp.server import Context, Progress, ToolResult
from app.web.mcp.sse import KEEP_ALIVE_S, frames
from app.web.mcp.telling import LONGEST_S, told
from tests.web.mcp.door import MODERN, Door, modern_meta
from tests.web.mcp.servers import server, with_tool

SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"


class Clock:
    """Each look moves it on by a step."""

    def __init__(self, step):
        self.now, self.step = 0.0, step

    def __call__(self):
        self.now += self.step
        return self.now


def _context(closed=lambda: False):
    return Context(
        caller=None,
        revision="2026-07-28",
        modern=True,
        request_id="r",
        closed=closed,
        meta={},
        client_capabilities={},
        client_info=None,
        progress_token="p",
        input_responses={},
        request_state=None,
        wants_task=False,
        can_stream=True,
    )


class Endless:
    """Notices without end, that remember whether they were closed."""

    def __init__(self):
        self.closed = False

    def notices(self):
        try:
            while True:
                yield None
        finally:
            self.closed = True


def _exhausted(generator):
    texts = []
    while True:
        try:
            texts.append(next(generator))
        except StopIteration as stop:
            return texts, stop.value


def test_stream_ends_after_five_minutes_with_a_word_why():
    endless = Endless()
    with pytest.raises(RpcError, match="time is up"):
        _exhausted(told(Stream(endless.notices()), _context(), Clock(LONGEST_S / 4)))
    assert endless.closed


def test_stream_with_a_last_answer_ends_with_it():
    endless, last = Endless(), Result("last")
    stream = Stream(endless.notices(), last)
    assert _exhausted(told(stream, _context(), Clock(LONGEST_S / 4)))[1] is last
    assert endless.closed


def test_client_that_left_ends_the_stream():
    endless, last = Endless(), Result("last")
    looks = iter([False, True])
    gone = told(Stream(endless.notices(), last), _context(closed=lambda: next(looks)))
    assert _exhausted(gone)[0] == [None, None]
    assert endless.closed


def test_client_that_left_ends_a_silent_wait():
    endless, looks = Endless(), iter([False, False, True])
    assert drained(endless.notices(), _context(closed=lambda: next(looks))) == Result()
    assert endless.closed


def test_silence_is_broken_by_a_comment_every_fifteen_seconds():
    silence = (None for _ in range(5))
    assert list(frames(silence, Clock(KEEP_ALIVE_S / 2))) == [
        b": open\n\n",
        b": keep-alive\n\n",
        b": keep-alive\n\n",
    ]


def test_events_are_one_line_of_data_each():
    assert list(frames(text for text in ("{}",)))[1] == b"event: message\ndata: {}\n\n"


def test_closing_the_answer_closes_its_source():
    endless = Endless()
    answer = frames(endless.notices(), Clock(KEEP_ALIVE_S))
    assert [next(answer), next(answer)] == [b": open\n\n", b": keep-alive\n\n"]
    answer.close()
    assert endless.closed


@pytest.mark.parametrize(
    ("mishap", "code"), [(InvalidParams("No."), -32602), (RuntimeError("secret"), -32603)]
)
def test_mishap_in_mid_stream_is_told_in_the_stream(mishap, code):
    def breaking(context, arguments):
        yield Progress(1)
        raise mishap

    answer = Door(with_tool(breaking, streaming=True)).modern(
        "tools/call", {"name": "look"}, meta={"progressToken": "p"}
    )
    progress, error = answer.events
    assert progress["method"] == "notifications/progress"
    assert (error["id"], error["error"]["code"]) == (1, code)
    assert b"secret" not in answer.body


class Changing:
    """Announces what the test says to whoever asks for tools."""

    kinds = frozenset({"toolsListChanged", "resourceSubscriptions"})

    def __init__(self, *changes):
        self._changes = changes

    def open(self, context, wanted):
        honoured = {kind: wanted[kind] for kind in self.kinds & wanted.keys()}
        return honoured, (change for change in self._changes)


def _listening(*changes, **more):
    return Door(with_tool(lambda *_: ToolResult({}), listen=Changing(*changes), **more))


def test_subscription_is_acknowledged_then_tagged_then_completed():
    changed = {"method": "notifications/tools/list_changed"}
    updated = {
        "method": "notifications/resources/updated",
        "params": {"uri": "a://b", "_meta": {"x": 1}},
    }
    wanted = {"toolsListChanged": True, "promptsListChanged": True}
    answer = _listening(changed, None, updated).modern(
        "subscriptions/listen", {"notifications": wanted}
    )
    acknowledged, first, second, last = answer.events
    assert acknowledged["method"] == "notifications/subscriptions/acknowledged"
    assert acknowledged["params"] == {
        "notifications": {"toolsListChanged": True},
        "_meta": {SUBSCRIPTION: 1},
    }
    assert first["params"]["_meta"] == {SUBSCRIPTION: 1}
    assert second["params"] == {"uri": "a://b", "_meta": {"x": 1, SUBSCRIPTION: 1}}
    assert (last["id"], last["result"]["resultType"]) == (1, "complete")
    assert last["result"]["_meta"][SUBSCRIPTION] == 1


def test_subscription_keeps_the_type_of_its_id():
    method, params = "subscriptions/listen", {"notifications": {}, "_meta": modern_meta()}
    answer = _listening().post(
        {"jsonrpc": "2.0", "id": "seven", "method": method, "params": params},
        HTTP_MCP_PROTOCOL_VERSION=MODERN,
        HTTP_MCP_METHOD=method,
    )
    assert answer.events[0]["params"]["_meta"] == {SUBSCRIPTION: "seven"}


def test_what_can_be_listened_to_is_a_capability_of_its_family():
    capabilities = _listening().modern("server/discover").result["capabilities"]
    assert capabilities == {"tools": {"listChanged": True}}


def test_resource_updates_are_a_capability_where_there_are_resources():
    capabilities = _listening(resources=object()).modern("server/discover").result["capabilities"]
    assert capabilities["resources"] == {"subscribe": True}


def test_listening_to_tasks_needs_the_tasks_extension():
    params = {"notifications": {"taskIds": ["t"]}}
    answer = _listening().modern("subscriptions/listen", params)
    assert (answer.status, answer.code) == (400, -32021)
    declared = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
    assert _listening().modern("subscriptions/listen", params, declared).status == 200


def test_listening_to_nothing_readable_is_invalid():
    assert _listening().modern("subscriptions/listen", {"notifications": []}).code == -32602


def test_server_without_changes_has_no_subscriptions():
    answer = Door(server()).modern("subscriptions/listen", {"notifications": {}})
    assert (answer.status, answer.code) == (404, -32601)
