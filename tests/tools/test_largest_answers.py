"""What a tool or a resource says at the largest inputs stays below what clients cut off."""

import json
from dataclasses import replace

import pytest

from app.adapters import engines
from app.domain.panel.shapes import Answer
from tests.databases import DATABASES
from tests.fakes import PlainEngine, work_off

CLIENTS_SHOW = 100_000
LONGEST = 50_000
CONTENTS = {
    "words": "word word. " * 4546,
    "quotation marks": 'wörd “quote” \\ " ' * 2942,
    "nothing but quotation marks": '"' * LONGEST,
    "nothing but backslashes": "\\" * LONGEST,
    "nothing but stars": "*" * LONGEST,
    "lines": "word\n\n" * 8334,
    "one word": "x" * LONGEST,
}
REPORT = "polis://runs/{run_id}/report"


class LongWindedEngine(PlainEngine):
    """Says of everything as much as a model may."""

    def ask(self, _plan, reactions, _question, _history):
        return [
            Answer(r.number, f'"{"so " * 400}" ' + r.persona["id"], grounded=True)
            for r in reactions
        ]

    def summarise(self, _question, answers):
        return f'"{"well, " * 500}" of {len(answers)}'

    @staticmethod
    def _reaction(plan, seat):
        said = PlainEngine._reaction(plan, seat)
        said.body.update(thinkAloud='They said "no". ' * 60, emotionalArc="* then - " * 60)
        return said


def _size(answer) -> int:
    """Characters of a whole JSON-RPC answer, written as loosely as anybody writes JSON."""
    return len(json.dumps(answer.json, ensure_ascii=False))


def _called(agent, tool, **arguments) -> int:
    called = {"name": tool, "arguments": arguments}
    handshake = agent.ask("tools/call", called)
    assert handshake.json["result"]["isError"] is False, handshake.text
    return max(_size(handshake), _size(agent.ask_modern("tools/call", called)))


def _read(agent, run_id) -> int:
    uri = {"uri": REPORT.format(run_id=run_id)}
    return max(
        _size(agent.ask("resources/read", uri)), _size(agent.ask_modern("resources/read", uri))
    )


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("engine", [PlainEngine, LongWindedEngine])
def test_a_report_and_its_resource_stay_within_what_clients_show(polis, engine, content):
    agent = polis.agent(tokens=5000)
    asked = {"content_type": "text", "content": content[:LONGEST], "persona_count": 110}
    run_id = agent.call("polis_test", **asked, detail="deep", label='"' * 80)["run_id"]
    work_off(replace(polis.services, engine=engine))
    for more in ({}, {"offset": 0, "limit": 100}, {"offset": 100}):
        answer = agent.call("polis_report", run_id=run_id, **more)
        assert answer["reactions"]
        assert _called(agent, "polis_report", run_id=run_id, **more) < CLIENTS_SHOW
    assert _read(agent, run_id) < CLIENTS_SHOW


@pytest.mark.parametrize("standing", DATABASES[:1], indirect=True)
def test_the_shipped_engine_on_the_longest_text_stays_within_it_too(polis):
    agent = polis.agent(tokens=5000)
    content = ('We cut our build from 40 minutes to 4, "they" said. Ask your vendor. ' * 800)[
        :LONGEST
    ]
    asked = {"content_type": "linkedin", "content": content, "persona_count": 1000}
    run_id = agent.call("polis_test", **asked, detail="deep")["run_id"]
    work_off(replace(polis.services, engine=lambda: engines.build("embedded")))
    found = agent.call("polis_report", run_id=run_id)
    shown = {reaction["persona"]["id"] for reaction in found["reactions"]}
    quoted = {e["persona_id"] for f in found["report"]["topFriction"] for e in f["evidence"]}
    assert len(shown) == 12
    assert quoted <= shown
    assert found["report"]["rewrite"]["body"].endswith("…")
    assert "dashboard_url shows it all" in found["content_notice"]
    assert _called(agent, "polis_report", run_id=run_id) < CLIENTS_SHOW
    assert _called(agent, "polis_report", run_id=run_id, offset=0, limit=100) < CLIENTS_SHOW
    assert _read(agent, run_id) < CLIENTS_SHOW


class LateWitnessEngine(LongWindedEngine):
    """Quotes whoever sat down last."""

    def synthesise(self, plan, reactions):
        found, last = super().synthesise(plan, reactions), reactions[-1]
        for friction in found.report["topFriction"]:
            friction["evidence"] = [{"quote": last.body["quote"], "persona_id": last.persona["id"]}]
        return replace(found, quoted=(last.number,))

    @staticmethod
    def _reaction(plan, seat):
        said = LongWindedEngine._reaction(plan, seat)
        said.body.update(thinkAloud="They said no. " * 400)
        return said


def test_where_not_all_of_a_sample_fits_whoever_is_quoted_does(polis):
    agent = polis.agent(tokens=5000)
    asked = {"content_type": "text", "content": "Hello", "persona_count": 100, "detail": "deep"}
    run_id = agent.call("polis_test", **asked)["run_id"]
    work_off(replace(polis.services, engine=LateWitnessEngine))
    shown = [r["persona"]["id"] for r in agent.call("polis_report", run_id=run_id)["reactions"]]
    assert 1 < len(shown) < 12
    assert (shown[0], shown[-1]) == ("p1", "p100")
    data = agent.modern("resources/read", {"uri": REPORT.format(run_id=run_id)})["contents"][1]
    assert json.loads(data["text"])["reactions"][-1]["persona"]["id"] == "p100"


def test_a_text_of_ten_thousand_characters_is_told_whole(polis):
    agent = polis.agent()
    content = "A word, and another one.\n" * 400
    found = agent.call("polis_report", run_id=polis.complete_run(agent, content=content))
    assert found["report"]["rewrite"]["body"] == content
    assert "ellipsis" not in found["content_notice"]


@pytest.mark.parametrize("question", ["Why? " * 400, '"' * 2000], ids=["words", "quotation marks"])
def test_twenty_questions_to_a_thousand_stay_within_it_however_they_are_read(polis, question):
    agent = polis.agent(tokens=40_000)
    talkative = replace(polis.services, engine=LongWindedEngine)
    run_id = agent.call(
        "polis_test", content_type="text", content="Hello", persona_count=1000, detail="snapshot"
    )["run_id"]
    work_off(talkative)
    asked = {"run_id": run_id, "target": "panel", "question": question}
    thread = {}
    for number in range(20):
        again = {**asked, **thread, "idempotency_key": f"{run_id}-{number}"}
        thread = {"thread_id": agent.call("polis_ask", **again)["thread_id"]}
        work_off(talkative)
    assert agent.call("polis_ask", **again)["answers"]
    assert _called(agent, "polis_ask", **again) < CLIENTS_SHOW
    turns = agent.call("polis_thread", **thread)["turns"]
    assert [turn["answers_total"] for turn in turns] == [1000] * 20
    assert turns[-1]["answers"]
    assert _called(agent, "polis_thread", **thread) < CLIENTS_SHOW


def test_fifty_runs_of_the_longest_label_stay_within_it(polis):
    agent = polis.agent(tokens=5000)
    asked = {"content_type": "text", "content": "Hello", "persona_count": 10, "detail": "snapshot"}
    for _ in range(50):
        agent.call("polis_test", **asked, label='"\\' * 40)
    assert _called(agent, "polis_runs", limit=50) < CLIENTS_SHOW


def test_every_page_of_the_docs_stays_within_it(polis):
    agent = polis.agent()
    listed = agent.modern("resources/list")["resources"]
    sizes = {
        each["uri"]: _size(agent.ask_modern("resources/read", {"uri": each["uri"]}))
        for each in listed
        if each["uri"].startswith("polis://docs/")
    }
    assert {uri: size for uri, size in sizes.items() if size >= CLIENTS_SHOW} == {}
