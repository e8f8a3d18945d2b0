"""Whatever arguments come in: an answer or a refusal that keeps every promise, and not one token."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.tools import TOOLS
from tests.rounds import rounds
from tests.tools.agent import promised

CASES = rounds(2_000)

text = st.text(st.characters(exclude_categories=()), max_size=30)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | text
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
SEEMLY = {
    "string": text | st.text(max_size=3),
    "integer": st.integers(-2, 1_100) | st.integers(),
    "array": st.lists(
        st.fixed_dictionaries(
            {"content": text | st.just("One")}, optional={"label": text, "url": text}
        )
        | anything,
        max_size=6,
    ),
}
EXTREMES = st.sampled_from(
    [
        "\0", "\ud800", "\udfff", "x" * 60_000, "\u202e", "%00", "{}", "[]" * 99, 2**53, -(2**63), 10**40,
        1e308, -0.0, True, "10", [], {}, [[]] * 50, "https://[", "http://127.0.0.1", "Ω" * 2_001,
    ]
)  # fmt: skip


def _arguments(tool, handles):
    """Objects that look like the tool's input more often than not."""
    fields = {}
    for name, schema in tool.describe()["inputSchema"]["properties"].items():
        likely = [st.sampled_from(schema["enum"])] if "enum" in schema else [SEEMLY[schema["type"]]]
        if name.endswith("_id") or name == "cursor":
            likely.append(st.sampled_from(handles))
        fields[name] = st.one_of(*likely, *likely, EXTREMES, anything)
    whole = st.fixed_dictionaries({}, optional=fields)
    return st.tuples(whole, st.just({}) | st.dictionaries(text, anything, max_size=2)).map(
        lambda parts: {**parts[1], **parts[0]}
    )


@pytest.fixture
def broke(polis):
    """An agent that has runs, a comparison, a thread and nothing to spend; and handles of others."""
    agent, other = polis.agent(tokens=70), polis.agent()
    run_id = polis.complete_run(agent)
    compare_id = polis.complete_comparison(agent)["compare_id"]
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    polis.work_off()
    pending = agent.call("polis_test", content_type="text", content="Hi", persona_count=10)
    handles = [
        run_id, compare_id, asked["thread_id"], pending["run_id"], polis.complete_run(other),
        "p1", "run_" + "0" * 26, "thr_x",
    ]  # fmt: skip
    agent.call("polis_cancel", run_id=pending["run_id"])
    other.call("polis_test", content_type="text", content="Hi", persona_count=10)
    left = agent.call("polis_account")["pack_tokens_remaining"]
    if left >= 10:  # what is left pays for nobody
        agent.call("polis_test", content_type="text", content="Hi", persona_count=10)
    polis.work_off()
    return agent, handles


def _settings(cases):
    return settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@pytest.mark.parametrize("name", TOOLS)
def test_s32_any_arguments_are_answered_or_refused_and_cost_nothing(polis, broke, name, measured):
    agent, handles = broke
    told = Counter()

    @_settings(CASES)
    @given(_arguments(TOOLS[name], handles))
    def hold(arguments):
        answer = agent.ask("tools/call", {"name": name, "arguments": arguments})
        told[answer.status_code] += 1
        assert answer.status_code == 200, answer.text
        promised(name, answer.json["result"])

    before = polis.counts()
    hold()
    after = polis.counts()
    free = {"purchases", "idempotent_answers"} if name == "polis_topup" else set()
    assert {k: v for k, v in after.items() if k not in free} == {
        k: v for k, v in before.items() if k not in free
    }
    measured("S32", "cases of arguments to each tool", told.total())
    measured("S32", "calls that were a fault of ours", told.total() - told[200])


@_settings(CASES)
@given(data=st.data())
def test_s32_any_message_to_any_method_is_answered_without_a_fault_of_ours(polis, broke, data):
    agent, handles = broke
    method = data.draw(st.sampled_from(METHODS))
    values = st.sampled_from(handles) | anything | EXTREMES
    params = data.draw(st.dictionaries(st.sampled_from(MEMBERS), values, max_size=4))
    meta = data.draw(st.dictionaries(st.sampled_from(META), values, max_size=2))
    for answer in (agent.ask(method, params), agent.ask_modern(method, params, None, **meta)):
        assert answer.status_code < 500, answer.text
        for line in answer.text.splitlines() if "data:" in answer.text[:40] else [answer.text]:
            if line.startswith(("{", "data: {")):
                problem = json.loads(line.removeprefix("data: ")).get("error", {})
                assert problem.get("code") != -32603, answer.text


METHODS = (
    "tools/list", "resources/list", "resources/templates/list", "resources/read", "prompts/list",
    "prompts/get", "completion/complete", "tasks/get", "tasks/update", "tasks/cancel",
    "subscriptions/listen", "initialize", "ping", "server/discover",
)  # fmt: skip
MEMBERS = (
    "name", "arguments", "uri", "cursor", "ref", "argument", "context", "taskId", "inputResponses",
    "notifications", "requestState", "protocolVersion", "capabilities",
)  # fmt: skip
META = (
    "progressToken", "io.modelcontextprotocol/clientCapabilities",
    "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/logLevel",
)  # fmt: skip
