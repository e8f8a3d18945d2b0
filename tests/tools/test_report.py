"""polis_report: the findings, the reactions that fit, or how far they are."""

import json
from dataclasses import replace

import pytest

from app.adapters import engines
from app.domain.panel.cards import PUBLIC
from app.domain.panel.stats import INTERVAL_NOTE
from app.models.runs import Comparison, Run
from tests.fakes import work_off
from tests.tools.installation import HELLO

POST = (
    "We cut our build from 40 minutes to 4. Here is the one change that did it. "
    "Ask your vendor why theirs takes longer, then sign up for the beta."
)
SNAPSHOT = {"persona", "firstGlance", "decision", "noticedFirst", "pause", "quote", "intent"}
STANDARD = SNAPSHOT | {
    "thinkAloud", "objections", "openQuestions", "trust", "sentiment", "oneChange",
}  # fmt: skip
DEEP = STANDARD | {"emotionalArc", "wouldPay", "shareWith", "comparedTo", "personalContext"}


def _report(agent, run_id, **more):
    answer = agent.call("polis_report", run_id=run_id, **more)
    del answer["_usage"]
    return answer


@pytest.fixture(scope="session")
def embedded():
    """The engine that ships."""
    engine = engines.build("embedded")
    return lambda: engine


@pytest.mark.parametrize(
    ("detail", "fields"), [("snapshot", SNAPSHOT), ("standard", STANDARD), ("deep", DEEP)]
)
def test_the_shipped_engine_fills_the_whole_report(polis, embedded, detail, fields):
    agent = polis.agent()
    asked = {"content_type": "linkedin", "content": POST, "persona_count": 24, "detail": detail}
    run_id = agent.call("polis_test", **asked, label="beta")["run_id"]
    work_off(replace(polis.services, engine=embedded))
    answer = _report(agent, run_id)
    assert (answer["status"], answer["ready"]) == ("complete", True)
    assert {name: answer[name] for name in ("content_type", "persona_count", "detail", "label")} == {
        "content_type": "linkedin", "persona_count": 24, "detail": detail, "label": "beta",
    }  # fmt: skip
    assert (answer["url"], answer["audience_inferred"]) == (None, True)
    assert answer["engine"].keys() == {"name", "version", "seed", "validity"}
    assert len(answer["result_digest"]) == 64
    assert answer["created_at"] <= answer["completed_at"]
    _hold_findings(answer)
    for reaction in answer["reactions"]:
        assert fields <= reaction.keys() <= DEEP | {"resonated", "confused", "stuckPhrase"}
        assert None not in reaction.values()


def _hold_findings(answer):
    report, quotes = answer["report"], _quotes(answer)
    assert len(report["segments"]) == len(report["topFriction"]) == 3
    assert sum(segment["share"] for segment in report["segments"]) == pytest.approx(1, abs=1e-3)
    for friction in report["topFriction"]:
        assert 0 <= friction["severity"] <= 10
        for evidence in friction["evidence"]:
            assert evidence["quote"] in quotes[evidence["persona_id"]]
    assert {"body", "rationale"} <= report["rewrite"].keys()
    assert "structuralNotes" not in report
    stats = answer["stats"]
    assert stats["reactions"] == sum(stats["decisions"].values()) == answer["persona_count"]
    assert sum(each["count"] for each in answer["archetypes"]) == answer["persona_count"]


def _quotes(answer):
    """Everything each shown persona said, as text."""
    return {
        reaction["persona"]["id"]: json.dumps(reaction, ensure_ascii=False)
        for reaction in answer["reactions"]
    }


def test_a_report_that_is_not_ready_is_an_answer_with_the_progress(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    assert _report(agent, run_id) == {
        "run_id": run_id,
        "status": "pending",
        "ready": False,
        "reactions_done": 0,
        "reactions_total": 10,
        "done": False,
        "poll_after_s": 2,
    }


def test_the_sample_has_at_most_twelve_with_every_quoted_persona(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent, persona_count=100, detail="snapshot")
    answer = _report(agent, run_id)
    shown = [reaction["persona"]["id"] for reaction in answer["reactions"]]
    assert len(shown) == 12
    quoted = {e["persona_id"] for f in answer["report"]["topFriction"] for e in f["evidence"]}
    assert quoted <= set(shown)
    assert "next_offset" not in answer


def test_pages_of_reactions_hold_every_seat_once(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent, persona_count=105, detail="snapshot")
    seen, offset = [], 0
    while offset is not None:
        page = _report(agent, run_id, offset=offset, limit=50)
        seen += [reaction["persona"]["id"] for reaction in page["reactions"]]
        offset = page.get("next_offset")
    assert seen == [f"p{seat}" for seat in range(1, 106)]


def test_a_page_beyond_the_last_reaction_is_empty(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    page = _report(agent, run_id, reactions="page", offset=1000)
    assert page["reactions"] == []
    assert "next_offset" not in page


def test_the_sample_takes_no_offset(polis):
    error = polis.agent().refusal("polis_report", run_id="x", reactions="sample", offset=0, limit=5)
    assert [each["field"] for each in error["details"]["fields"]] == ["offset", "limit"]


def test_a_cancelled_run_shows_no_findings(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    agent.call("polis_cancel", run_id=run_id)
    answer = _report(agent, run_id)
    assert (answer["status"], answer["ready"], answer["done"]) == ("cancelled", False, True)
    assert "report" not in answer


def test_a_test_keys_report_is_marked(polis):
    agent = polis.agent(book="test")
    assert _report(agent, polis.complete_run(agent))["book"] == "test"


def test_what_was_said_of_the_audience_is_told_back(polis):
    agent = polis.agent()
    answer = _report(agent, polis.complete_run(agent, audience="night nurses"))
    assert (answer["audience"], answer["audience_inferred"]) == ("night nurses", False)


@pytest.mark.parametrize(
    ("audience", "inferred", "group", "sure"),
    [
        (PUBLIC.role, False, PUBLIC.role, 1.0),  # a group we know, by its own name
        ("night nurses", False, "health professionals", None),
        ("zzyzx qwxyz", False, PUBLIC.role, 0.3),  # words that name none
        (None, True, PUBLIC.role, None),
    ],
)
def test_a_report_says_how_sure_it_is_whom_that_means(
    polis, embedded, audience, inferred, group, sure
):
    agent = polis.agent()
    about = {} if audience is None else {"audience": audience}
    asked = {"content_type": "linkedin", "content": POST, "persona_count": 10, **about}
    run_id = agent.call("polis_test", **asked)["run_id"]
    work_off(replace(polis.services, engine=embedded))
    answer = _report(agent, run_id)
    assert answer["audience_inferred"] is inferred
    assert answer["audience_read_as"] == group
    assert (
        0 < answer["audience_confidence"] < 1
        if sure is None
        else answer["audience_confidence"] == sure
    )


def test_a_report_kept_before_anybody_asked_says_nothing_of_how_sure_it_was(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    with polis.services.transaction() as session:
        run = session.get_one(Run, run_id)
        run.synthesis = {**run.synthesis, "audience": {"text": "readers", "inferred": True}}
    assert not {"audience_confidence", "audience_read_as"} & set(_report(agent, run_id))


def test_a_comparison_says_of_what_its_interval_is(polis):
    agent = polis.agent()
    result = _report(agent, polis.complete_comparison(agent)["compare_id"])["result"]
    assert result["interval_note"] == INTERVAL_NOTE


def test_a_comparison_kept_without_that_is_told_as_it_is(polis):
    agent = polis.agent()
    compare_id = polis.complete_comparison(agent)["compare_id"]
    before = _report(agent, compare_id)["result"]
    with polis.services.transaction() as session:
        row = session.get_one(Comparison, compare_id)
        row.result = {name: row.result[name] for name in row.result if name != "interval_note"}
    del before["interval_note"]
    assert _report(agent, compare_id)["result"] == before


def test_a_comparisons_report_says_which_variant_won(polis):
    agent = polis.agent()
    begun = polis.complete_comparison(agent)
    answer = _report(agent, begun["compare_id"])
    run_ids = [run["run_id"] for run in begun["runs"]]
    assert (answer["compare_id"], answer["status"], answer["ready"]) == (
        begun["compare_id"], "complete", True,
    )  # fmt: skip
    assert [run["run_id"] for run in answer["runs"]] == run_ids
    assert [each["run_id"] for each in answer["result"]["preferred"]] == run_ids
    assert answer["result"]["winner_run_id"] is None
    assert answer["result"].keys() == {
        "winner_run_id", "verdict", "preferred", "p_a_beats_b", "interval", "interval_note",
        "validity",
    }  # fmt: skip
    assert "run_id" not in answer


def test_a_comparison_that_is_not_ready_names_its_runs(polis):
    agent = polis.agent()
    variants = [{"content": "One"}, {"content": "Two"}]
    begun = agent.call("polis_compare", content_type="text", variants=variants, persona_count=10)
    answer = _report(agent, begun["compare_id"])
    assert (answer["ready"], answer["status"], answer["reactions_total"]) == (False, "pending", 20)
    assert answer["runs"] == begun["runs"]
