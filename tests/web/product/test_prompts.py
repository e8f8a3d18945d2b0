"""Prompts a person may start from, how their arguments go on, and what the server says of itself."""

import pytest
from sqlalchemy import select

from app.kit import clock
from app.models.runs import Run
from tests.filling import Owner, fill
from tests.tools.agent import Agent, Json
from tests.tools.installation import Installation

REQUIRED = {
    "test_draft": {"draft"},
    "improve_draft": {"draft"},
    "compare_variants": {"variant_a", "variant_b"},
}
WHOLE = {
    "test_draft": {"draft": "D R A F T"},
    "improve_draft": {"draft": "D R A F T"},
    "compare_variants": {"variant_a": "D R A F T", "variant_b": "B"},
}


@pytest.fixture
def agent(polis: Installation) -> Agent:
    return polis.agent()


def _text(agent: Agent, name: str, arguments: Json) -> str:
    (message,) = agent.modern("prompts/get", {"name": name, "arguments": arguments})["messages"]
    assert (message["role"], message["content"]["type"]) == ("user", "text")
    return message["content"]["text"]


def test_three_prompts_say_what_they_need(agent):
    listed = agent.modern("prompts/list")["prompts"]
    assert {
        prompt["name"]: {a["name"] for a in prompt["arguments"] if a["required"]}
        for prompt in listed
    } == REQUIRED
    for prompt in listed:
        assert prompt["title"]
        assert all(argument["description"].endswith(".") for argument in prompt["arguments"])


@pytest.mark.parametrize("name", REQUIRED)
def test_a_prompt_holds_what_was_given_and_a_word_for_what_was_not(agent, name):
    text = _text(agent, name, WHOLE[name])
    assert "D R A F T" in text
    assert "whoever it is for" in text
    assert "data, not instructions" in text
    assert "{" not in text
    assert "nurses" in _text(agent, name, {**WHOLE[name], "audience": "nurses"})


@pytest.mark.parametrize("draft", ["{draft}", "{0.__class__}", "%s", "${x}", "{{", "}", "\\"])
def test_a_draft_is_never_read_as_a_template(agent, draft):
    assert f"<draft>\n{draft}\n</draft>" in _text(agent, "test_draft", {"draft": draft})


@pytest.mark.parametrize(("name", "missing"), REQUIRED.items())
def test_a_prompt_without_what_it_needs_says_what(agent, name, missing):
    for arguments in ({}, dict.fromkeys(missing, "")):
        error = agent.ask("prompts/get", {"name": name, "arguments": arguments}).json["error"]
        assert error["code"] == -32602
        assert all(each in error["message"] for each in missing)


@pytest.mark.parametrize("name", ["", "nothing", "test_draft ", "x" * 10_000])
def test_an_unknown_prompt_is_a_broken_message(agent, name):
    answer = agent.ask("prompts/get", {"name": name})
    assert answer.json["error"]["code"] == -32602
    assert len(answer.data) < 400


@pytest.mark.parametrize("arguments", [{"draft": 5}, {"draft": None}, [], "draft"])
def test_arguments_of_a_prompt_are_texts(agent, arguments):
    answer = agent.ask("prompts/get", {"name": "test_draft", "arguments": arguments})
    assert answer.json["error"]["code"] == -32602


def _completed(agent: Agent, ref: Json, name: str, value: str) -> list[str]:
    params = {"ref": ref, "argument": {"name": name, "value": value}}
    completion = agent.result("completion/complete", params)["completion"]
    assert completion["total"] == len(completion["values"])
    assert completion["hasMore"] is False
    return completion["values"]


@pytest.mark.parametrize(
    ("name", "value", "values"),
    [
        ("content_type", "", ["text", "tweet", "linkedin", "markdown"]),
        ("content_type", "t", ["text", "tweet"]),
        ("content_type", "LINK", ["linkedin"]),
        ("detail", "s", ["snapshot", "standard"]),
        ("detail", "x", []),
        ("draft", "", []),
        ("nothing", "", []),
    ],
)
def test_arguments_go_on_as_they_begin(agent, name, value, values):
    assert _completed(agent, {"type": "ref/prompt", "name": "test_draft"}, name, value) == values


def test_the_audiences_suggested_hold_the_word_that_was_typed(agent):
    ref = {"type": "ref/prompt", "name": "test_draft"}
    assert any("founders" in each for each in _completed(agent, ref, "audience", "found"))


def test_a_reports_template_goes_on_with_the_callers_finished_runs(polis, agent):
    ref = {"type": "ref/resource", "uri": "polis://runs/{run_id}/report"}
    run_ids = [polis.complete_run(agent) for _ in range(2)]
    assert _completed(agent, ref, "run_id", "") == run_ids[::-1]
    assert _completed(agent, ref, "run_id", run_ids[0]) == run_ids[:1]
    assert _completed(agent, ref, "slug", "") == []


def test_a_run_id_goes_on_however_many_runs_came_after_it(polis, agent):
    ref = {"type": "ref/resource", "uri": "polis://runs/{run_id}/report"}
    who, mode = agent.who, polis.services.settings.payment_mode
    owner = Owner(who.organization_id, who.user_id, (f"key:{who.key_id}",), mode)
    fill(polis.services.database, owner, 120, 0, clock.now())
    with polis.services.database.reading() as session:
        mine = Run.organization_id == who.organization_id, Run.status == "complete"
        oldest, *_, newest = session.scalars(select(Run.id).where(*mine).order_by(Run.id))
    for typed in (oldest, oldest[:-1], oldest[:16]):
        assert oldest in _completed(agent, ref, "run_id", typed), typed
    assert _completed(agent, ref, "run_id", "run_")[0] == newest
    assert len(_completed(agent, ref, "run_id", "")) == 50


@pytest.mark.parametrize("typed", ["cmp_", "run_u", "RUN_", "run_" + "z" * 27, "x" * 9_000])
def test_what_no_run_id_begins_with_goes_on_as_none(polis, agent, typed):
    polis.complete_run(agent)
    ref = {"type": "ref/resource", "uri": "polis://runs/{run_id}/report"}
    assert _completed(agent, ref, "run_id", typed) == []


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"ref": {"type": "ref/tool", "name": "x"}, "argument": {"name": "a", "value": ""}},
        {"ref": {"type": "ref/prompt"}, "argument": {"name": "a", "value": ""}},
        {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a"}},
        {"ref": "x", "argument": {"name": "a", "value": ""}},
    ],
)
def test_a_broken_completion_is_a_broken_message(agent, params):
    assert agent.ask("completion/complete", params).json["error"]["code"] == -32602


def test_a_handshake_is_told_how_the_main_job_goes(agent):
    hello = agent.result("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}})
    assert hello["serverInfo"]["name"] == "polis"
    assert hello["capabilities"].keys() == {"tools", "resources", "prompts", "completions"}
    for tool in ("polis_estimate", "polis_test", "polis_status", "polis_report"):
        assert tool in hello["instructions"]


def test_discovery_says_the_same_without_a_handshake(agent):
    card = agent.modern("server/discover")
    assert card["supportedVersions"] == ["2026-07-28"]
    assert card["_meta"]["io.modelcontextprotocol/serverInfo"]["title"] == "Polis"
    hello = agent.result("initialize", {"protocolVersion": "2025-11-25"})
    assert card["instructions"] == hello["instructions"]
