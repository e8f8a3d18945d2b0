"""Bad input: every bad field is named at once, nothing is charged, nothing stays behind."""

import json

import pytest

from app.tools import TOOLS
from tests.tools.agent import Agent
from tests.tools.installation import HELLO

HALF = "\ud800"  # of a surrogate pair
PAGE = {"content_type": "url", "url": "https://example.com"}
ASK = {"run_id": "run_x", "target": "panel", "question": "Why?"}


def _fields(error):
    assert error["code"] == "invalid_input"
    assert "Nothing was charged" in error["hint"]
    for each in error["details"]["fields"]:
        assert each["field"] in error["message"]
        assert each["problem"]
    return sorted(each["field"] for each in error["details"]["fields"])


def _bad(polis, tool, arguments):
    agent = polis.agent()
    with polis.unchanged():
        return _fields(agent.refusal(tool, **arguments))


@pytest.mark.parametrize("tool", ["polis_test", "polis_estimate"])
@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"persona_count": 9}, ["persona_count"]),
        ({"persona_count": 1001}, ["persona_count"]),
        ({"persona_count": True}, ["persona_count"]),
        ({"persona_count": "10"}, ["persona_count"]),
        ({"persona_count": 10.5}, ["persona_count"]),
        ({"persona_count": 10.0}, ["persona_count"]),
        ({"persona_count": 10**30}, ["persona_count"]),
        ({"content": None}, ["content"]),
        ({"content": ""}, ["content"]),
        ({"content": " \n\t\u00a0\u2003"}, ["content"]),
        ({"content": "\u200b\u2060\ufeff\u202e"}, ["content"]),
        ({"content": ["Hello"]}, ["content"]),
        ({"content": f"Hello {HALF}"}, ["content"]),
        ({"content": "x" * 50_001}, ["content"]),
        ({"content_type": "poem"}, ["content_type"]),
        ({"content_type": None}, ["content_type"]),
        ({"content_type": ["text"]}, ["content_type"]),
        ({"url": "https://example.com"}, ["url"]),
        ({"url_mode": "copy"}, ["url_mode"]),
        ({**PAGE, "content": "Hello"}, ["content"]),
        ({**PAGE, "content": None, "url": None}, ["url"]),
        ({**PAGE, "content": None, "url": " "}, ["url"]),
        ({**PAGE, "content": None, "url": "https://example.com/" + "a" * 2000}, ["url"]),
        ({**PAGE, "content": None, "url_mode": "both"}, ["url_mode"]),
        ({"audience": "a" * 501}, ["audience"]),
        ({"audience": "\u200b "}, ["audience"]),
        ({"label": "l" * 81}, ["label"]),
        ({"label": "  "}, ["label"]),
        ({"seed": -1}, ["seed"]),
        ({"seed": 2**53}, ["seed"]),
        ({"detail": "Deep"}, ["detail"]),
        ({"idempotency_key": ""}, ["idempotency_key"]),
        ({"idempotency_key": "k" * 256}, ["idempotency_key"]),
        ({"personas": 10, "persona_count": 10}, ["personas"]),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_charged(polis, tool, facts, fields):
    assert _bad(polis, tool, {**HELLO, **facts}) == fields


@pytest.mark.parametrize(
    ("tool", "arguments", "fields"),
    [
        ("polis_status", {}, ["run_id"]),
        ("polis_status", {"run_id": 7, "wait_s": 26}, ["run_id", "wait_s"]),
        ("polis_status", {"run_id": "x", "wait_s": -1}, ["wait_s"]),
        ("polis_status", {"run_id": "x", "wait_s": 2.5}, ["wait_s"]),
        ("polis_status", {"run_id": "r" * 101}, ["run_id"]),
        ("polis_report", {"run_id": "x", "limit": 0}, ["limit"]),
        ("polis_report", {"run_id": "x", "limit": 101, "offset": -1}, ["limit", "offset"]),
        ("polis_report", {"run_id": "x", "reactions": "all"}, ["reactions"]),
        ("polis_runs", {"limit": 51, "status": "done"}, ["limit", "status"]),
        ("polis_runs", {"limit": True}, ["limit"]),
        ("polis_cancel", {}, ["run_id"]),
        ("polis_cancel", {"run_id": "x", "thread_id": "y"}, ["run_id"]),
        ("polis_thread", {"wait_s": "5"}, ["thread_id", "wait_s"]),
        ("polis_topup", {}, ["pack"]),
        ("polis_topup", {"pack": "huge", "tokens": 5}, ["pack", "tokens"]),
        ("polis_ask", {}, ["question", "run_id", "target"]),
        ("polis_ask", {**ASK, "question": " \u200b"}, ["question"]),
        ("polis_ask", {**ASK, "question": "q" * 2001}, ["question"]),
        ("polis_ask", {**ASK, "target": "all"}, ["target"]),
        ("polis_ask", {**ASK, "persona_id": "p1"}, ["persona_id"]),
        ("polis_ask", {**ASK, "target": "persona"}, ["persona_id"]),
        ("polis_ask", {**ASK, "target": "persona", "persona_id": " "}, ["persona_id"]),
        (
            "polis_ask",
            {**ASK, "target": "segment", "archetype": "reader"},
            ["archetype", "segment"],
        ),
        ("polis_ask", {**ASK, "target": "archetype", "archetype": 5}, ["archetype"]),
        ("polis_account", {"plan": "pro"}, ["plan"]),
    ],
)
def test_other_tools_name_their_bad_fields_too(polis, tool, arguments, fields):
    assert _bad(polis, tool, arguments) == fields


def test_every_bad_field_is_named_at_once(polis):
    arguments = {
        "content_type": "text", "content": " ", "url": "https://example.com", "persona_count": 9,
        "detail": "much", "label": "l" * 81, "seed": "1", "audience": 3, "colour": "red",
    }  # fmt: skip
    assert _bad(polis, "polis_test", arguments) == sorted(arguments.keys() - {"content_type"})


def test_null_is_leaving_out(polis):
    optional = ("audience", "detail", "label", "seed", "idempotency_key", "url", "url_mode")
    answer = polis.agent().call("polis_test", **HELLO, **dict.fromkeys(optional))
    assert answer["tokens_charged"] == 15


@pytest.mark.parametrize(
    ("tool", "field"),
    [
        (name, field)
        for name, tool in TOOLS.items()
        for field, schema in tool.describe()["inputSchema"]["properties"].items()
        if schema["type"] == "string"
    ],
)
@pytest.mark.parametrize("rubbish", ["a\0b", f"a{HALF}b"], ids=["NUL", "half a character"])
def test_text_no_text_may_hold_is_a_bad_field(polis, tool, field, rubbish):
    assert field in _bad(polis, tool, {**HELLO, field: rubbish})


@pytest.mark.parametrize("name", ["\0", HALF, "x" * 100_000, "a.b", ""])
def test_names_of_fields_made_up_by_a_caller_are_harmless_and_do_not_come_back_whole(polis, name):
    answer = polis.agent().ask(
        "tools/call", {"name": "polis_runs", "arguments": {name: 1, f"{name}2": 2}}
    )
    structured = answer.json["result"]["structuredContent"]
    assert structured["error"]["code"] == "invalid_input"
    assert len(answer.data) < 4_000


def test_a_thousand_bad_fields_make_no_endless_answer(polis):
    arguments = {f"field_{number}": number for number in range(5_000)}
    answer = polis.agent().ask("tools/call", {"name": "polis_runs", "arguments": arguments})
    assert len(answer.data) < 10_000


@pytest.mark.parametrize("arguments", [[], "x", 7, True, None, [{"content": "x"}]])
def test_arguments_that_are_no_object_are_a_broken_message(polis, arguments):
    answer = polis.agent().ask("tools/call", {"name": "polis_runs", "arguments": arguments})
    assert (answer.status_code, answer.json["error"]["code"]) == (200, -32602)


@pytest.mark.parametrize(
    "name", ["polis_nothing", "", "POLIS_TEST", "polis_test ", "../polis_test"]
)
def test_an_unknown_tool_is_a_broken_message(polis, name):
    answer = polis.agent().ask("tools/call", {"name": name, "arguments": {}})
    assert answer.json["error"]["code"] == -32602


@pytest.mark.parametrize("name", [None, 5, ["polis_test"], {}])
def test_a_tool_without_a_name_is_a_broken_message(polis, name):
    answer = polis.agent().ask("tools/call", {"name": name, "arguments": HELLO})
    assert answer.json["error"]["code"] == -32602


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 2 * 1024 * 1024, 10 * 1024 * 1024])
def test_a_body_over_one_mebibyte_is_not_read(polis, size):
    assert polis.agent().send(b" " * size).status_code == 413


def test_a_body_of_one_mebibyte_is_read(polis):
    call = {"name": "polis_runs", "arguments": {}}
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call})
    answer = polis.agent().send(message.encode().ljust(1024 * 1024))
    assert answer.json["result"]["isError"] is False


@pytest.mark.parametrize("depth", [101, 1_000, 100_000])
@pytest.mark.parametrize("pair", ["[]", '{"a":1}'])
def test_deep_json_is_refused(polis, depth, pair):
    opening, closing = ("[", "]") if pair == "[]" else ('{"a":', "}")
    inner = opening * depth + "1" + closing * depth
    call = f'{{"name":"polis_runs","arguments":{{"cursor":{inner}}}}}'
    body = f'{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{call}}}'
    answer = polis.agent().send(body.encode())
    assert (answer.status_code, answer.json["error"]["code"]) == (400, -32700)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"NaN", b"nul", b"[1e999]", b"1" * 5_000, b'{"a":1}}', b"\xef\xbb\xbf{}"],
)
def test_what_is_not_json_is_refused(polis, body):
    answer = polis.agent().send(body)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, -32700)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", None])
def test_what_does_not_say_json_is_refused(polis, kind):
    agent: Agent = polis.agent()
    assert agent.send(b"{}", content_type=kind).status_code == 415
