"""Idempotency keys over the wire: the same call twice is one call, a twin waits for the first."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rounds import rounds
from tests.tools.installation import HELLO

VARIANTS = [{"content": "One"}, {"content": "Two"}]
CALLS = {
    "polis_test": HELLO,
    "polis_compare": {"content_type": "text", "variants": VARIANTS, "persona_count": 10},
    "polis_ask": {"target": "panel", "question": "Why?"},
    "polis_topup": {"pack": "small"},
}
OTHER = {
    "polis_test": {"content": "Goodbye"},
    "polis_compare": {"label": "other"},
    "polis_ask": {"question": "Why not?"},
    "polis_topup": {"pack": "large"},
}

each_call = pytest.mark.parametrize("tool", CALLS)


def _arguments(polis, agent, tool, **more):
    about = {"run_id": polis.complete_run(agent)} if tool == "polis_ask" else {}
    return {**CALLS[tool], **about, "idempotency_key": "once", **more}


def _without_usage(answer):
    return {name: value for name, value in answer.items() if name != "_usage"}


@each_call
def test_a_repeat_gives_the_first_answer_and_changes_nothing(polis, tool):
    agent = polis.agent()
    arguments = _arguments(polis, agent, tool)
    first = agent.call(tool, **arguments)
    with polis.unchanged():
        again = agent.call(tool, **arguments)
    assert _without_usage(again) == _without_usage(first)


@each_call
def test_a_repeat_tells_the_usage_of_now(polis, tool):
    agent = polis.agent(tokens=1000)
    arguments = _arguments(polis, agent, tool)
    agent.call(tool, **arguments)
    agent.call("polis_test", **{**HELLO, "detail": "snapshot"})
    usage = agent.call("polis_account")["_usage"]
    assert agent.call(tool, **arguments)["_usage"] == usage


@each_call
def test_another_request_under_the_same_key_is_a_conflict(polis, tool):
    agent = polis.agent()
    arguments = _arguments(polis, agent, tool)
    agent.call(tool, **arguments)
    with polis.unchanged():
        error = agent.refusal(tool, **{**arguments, **OTHER[tool]})
    assert error["code"] == "conflict"


@each_call
def test_the_same_request_written_otherwise_is_the_same(polis, tool):
    agent = polis.agent()
    arguments = _arguments(polis, agent, tool)
    first = agent.call(tool, **arguments)
    otherwise = (
        dict(reversed([*arguments.items(), ("thread_id", None)]))
        if tool == "polis_ask"
        else (dict(reversed(arguments.items())))
    )
    assert _without_usage(agent.call(tool, **otherwise)) == _without_usage(first)


def test_a_default_said_or_left_out_is_the_same_request(polis):
    agent, key = polis.agent(), {"idempotency_key": "once"}
    first = agent.call("polis_test", content_type="text", content="Hi", **key)
    said = {"detail": "standard", "persona_count": 100, "label": None}
    again = agent.call("polis_test", content_type="text", content="Hi", **said, **key)
    assert again["run_id"] == first["run_id"]


def test_one_key_serves_each_tool_by_itself(polis):
    agent = polis.agent()
    for tool in CALLS:
        agent.call(tool, **_arguments(polis, agent, tool))


def test_a_refusal_is_not_remembered(polis):
    agent = polis.agent(tokens=20)
    big = {**HELLO, "persona_count": 100, "idempotency_key": "once"}
    assert agent.refusal("polis_test", **big)["code"] == "not_enough_tokens"
    small = {**HELLO, "idempotency_key": "once"}
    assert agent.call("polis_test", **small)["tokens_charged"] == 15


def test_a_repeat_needs_the_same_rights(polis):
    agent = polis.agent()
    arguments = {**HELLO, "idempotency_key": "once"}
    agent.call("polis_test", **arguments)
    reader = polis.second_key(agent, scopes=("mcp:read",))
    assert reader.refusal("polis_test", **arguments)["code"] == "insufficient_scope"
    with polis.unchanged():
        assert polis.second_key(agent).call("polis_test", **arguments)["run_id"]


@pytest.mark.parametrize("key", ["k" * 255, "🎉" * 255, "' OR 1=1 --", "a/b c"])
def test_any_text_is_a_key(polis, key):
    agent = polis.agent()
    first = agent.call("polis_test", **HELLO, idempotency_key=key)
    assert agent.call("polis_test", **HELLO, idempotency_key=key)["run_id"] == first["run_id"]


@each_call
def test_r4_twins_at_the_same_moment_are_one_call(polis, tool, measured):
    agent = polis.agent(tokens=1000)
    arguments = _arguments(polis, agent, tool)
    before = polis.counts()
    count = rounds(50)
    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(lambda _: agent.call(tool, **arguments), range(count)))
    first = _without_usage(answers[0])
    assert all(_without_usage(answer) == first for answer in answers)
    with polis.unchanged():
        agent.call(tool, **arguments)
    assert polis.counts()["idempotent_answers"] == before["idempotent_answers"] + 1
    begun = polis.counts()["runs"] - before["runs"]
    measured("R4", "repeats at the same instant", count)
    if tool == "polis_test":
        measured("R4", "runs of one idempotency key", begun)
    assert begun == len(first.get("runs", "1" if "run_id" in first else ""))
