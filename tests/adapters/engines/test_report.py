import json
from fractions import Fraction

import pytest

from tests.adapters.engines.panels import known, request, run
from tests.adapters.engines.texts import HOSTILE, TEXTS


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_has_three_segments_and_three_ranked_frictions(name):
    _, reactions, told = known(name)
    shares = [Fraction(str(row["share"])) for row in told.report["segments"]]
    assert len(shares) == 3
    assert sum(shares) == 1
    assert min(shares) >= Fraction(5, 100)
    severities = [row["severity"] for row in told.report["topFriction"]]
    assert len(severities) == 3
    assert severities == sorted(severities, reverse=True)
    assert all(0 <= severity <= 10 for severity in severities)
    assert len({row["point"] for row in told.report["topFriction"]}) == 3
    assert sorted(seat for seats in told.members.values() for seat in seats) == sorted(
        one.number for one in reactions
    )


@pytest.mark.parametrize("detail", ["snapshot", "standard", "deep"])
@pytest.mark.parametrize("name", TEXTS)
def test_every_quoted_evidence_was_said_by_that_person(name, detail):
    _, reactions, told = known(name, detail, 40)
    said = {one.persona["id"]: list(_strings(one.body)) for one in reactions}
    items = [item for row in told.report["topFriction"] for item in row["evidence"]]
    for row in told.report["topFriction"]:
        assert 1 <= len(row["evidence"]) <= 3
    for item in items:
        assert item["quote"]
        assert any(item["quote"] in text for text in said[item["persona_id"]])
    assert told.quoted == tuple(sorted({int(item["persona_id"][1:]) for item in items}))


@pytest.mark.parametrize("name", TEXTS)
def test_all_four_decisions_occur_on_an_ordinary_panel(name):
    decisions = known(name)[2].stats["decisions"]
    assert min(decisions.values()) >= 1
    assert sum(decisions.values()) == 100


@pytest.mark.parametrize("name", TEXTS)
def test_figures_add_up_and_stay_in_bounds(name):
    _, reactions, told = known(name)
    assert sum(told.stats["intentHistogram"]) == len(reactions) == told.stats["reactions"]
    assert 0 <= told.stats["avgIntent"] <= 10
    assert 0 <= told.stats["avgTrust"] <= 10
    assert sum(row["count"] for row in told.archetypes) == len(reactions)
    for one in reactions:
        assert all(-1 < level < 1 for level in one.state["levels"].values())


def test_intent_agrees_with_the_act():
    intents = {}
    for name in TEXTS:
        for one in known(name)[1]:
            outcome = one.state["outcome"]
            intents.setdefault(outcome["decision"], []).append(outcome["intent"])
    assert max(intents["scroll"]) <= 5
    assert min(intents["click"]) >= 5
    assert min(intents["save"]) >= 4


def test_trust_is_not_told_at_a_glance():
    assert "avgTrust" not in known("tweet", "snapshot", 40)[2].stats


def test_the_report_says_what_was_never_checked_against_people():
    validity = known("announcement")[2].validity
    assert validity["level"] == "unvalidated-format"
    assert "individual personas" in validity["not_validated"]
    assert "English" in known("spanish")[2].validity["note"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_content_gets_a_whole_report(name):
    _, reactions, told = run(request(HOSTILE[name], "text", persona_count=10))
    assert len(told.report["segments"]) == len(told.report["topFriction"]) == 3
    assert json.dumps([told.report, told.stats, told.archetypes, told.audience, told.validity])
    assert all(json.dumps([one.state, one.persona]) for one in reactions)


@pytest.mark.parametrize("name", ["bidi controls", "nul", "lone surrogate"])
def test_invisible_characters_of_the_content_are_not_passed_on(name):
    told = run(request(HOSTILE[name], "text", persona_count=10))[2]
    for text in _strings([told.report, told.archetypes]):
        assert not set(text) & set("\x00\u202e\u202c\u200b\ufeff\ud800")


def test_an_order_in_the_content_is_only_read():
    orders = known("tweet")[0].document.text + " " + HOSTILE["orders"]
    told = run(request(orders, "tweet", persona_count=100))[2]
    assert told.stats["avgTrust"] < known("tweet")[2].stats["avgTrust"]
    assert any("orders" in row["point"].lower() for row in told.report["topFriction"])


def test_a_persona_reacts_only_to_what_it_read():
    plan, reactions, _ = known("launch")
    ends = {one.number: one.state["read"]["spans"] for one in reactions}
    late = [number for number, spans in ends.items() if spans < len(plan.document.spans)]
    from tests.adapters.engines.panels import ENGINE

    for number in late[:10]:
        seat = ENGINE.reseat(plan, number)
        read = {cue.id for cue in plan.document.cues
                if cue.span_id is None or cue.span_id < ends[number]}  # fmt: skip
        assert {term.ref for term in seat.appraisal.ledger if term.source == "cue"} <= read
