"""What of a model's answer is read, believed and drawn from."""

import json
from collections import Counter

import pytest

from app.adapters.engines.embedded.disposition import DECISIONS
from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.adapters.engines.embedded.plan import chair
from app.adapters.engines.llm.answers import reading, schema
from app.adapters.engines.llm.answers.draw import drawn
from app.adapters.engines.llm.answers.gate import Gate
from app.adapters.engines.llm.answers.shape import BY_DETAIL, Deep, Reply, Snapshot
from tests.adapters.engines.llm.conftest import request

READ = "Frobly writes notes. It's 20% faster, and costs $9."
PERSON = {
    "id": "p1", "thinkAloud": "t", "quote": "q", "firstGlance": "f", "noticedFirst": "n", "pause": "p",
    "probabilities": {"scroll": 70, "stay": 20, "click": 10, "save": 0}, "intent": 3, "trust": 4,
    "sentiment": "mixed",
    "ratings": dict.fromkeys(("attention", "relevance", "clarity", "credibility", "desire", "friction"), 1),
    "reasons": [],
}  # fmt: skip


@pytest.mark.parametrize("detail", BY_DETAIL)
def test_words_come_before_the_figures_that_follow_from_them(detail):
    made = schema.of_people(BY_DETAIL[detail], ["fit"])["properties"]["people"]["items"]
    order = [
        n
        for n in made["properties"]
        if n in {"thinkAloud", "quote", "probabilities", "intent", "trust", "ratings"}
    ]
    assert order == ["thinkAloud", "quote", "probabilities", "intent", "trust", "ratings"]
    assert made["properties"]["reasons"]["items"]["properties"]["about"]["enum"] == ["fit"]


@pytest.mark.parametrize("shape", [*BY_DETAIL.values(), Reply])
def test_a_schema_keeps_to_what_every_provider_takes(shape):
    told = json.dumps(schema.of(shape))
    for word in ("$ref", "minimum", "maximum", "minLength", "default", "title", "format"):
        assert f'"{word}"' not in told
    assert told.count('"additionalProperties": false') == told.count('"type": "object"')


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"people": [PERSON]}),
        json.dumps([PERSON]),
        json.dumps(PERSON),
        f"Sure!\n```json\n{json.dumps({'people': [PERSON]})}\n```\nBye {{}}",
        f"Here: {json.dumps({'people': [PERSON]})} done",
        json.dumps({"people": [PERSON | {"id": "somebody", "more": 1}]}),
    ],
)
def test_an_answer_is_found_however_it_is_wrapped(text):
    assert set(reading.people(text, Snapshot, ["p1"]).people) == {"p1"}


@pytest.mark.parametrize(
    "text",
    ["", "no", "{", "[[[", "null", "7", '{"people": 3}', '{"people": [3, null]}', "[" * 100_000],
)
def test_what_is_no_answer_says_who_is_missing(text):
    read = reading.people(text, Snapshot, ["p1", "p2"])
    assert read.people == {}
    assert read.problems == ["no whole JSON answer of p1, p2"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"intent": 11}, "intent"),
        ({"probabilities": {"scroll": 0, "stay": 0, "click": 0, "save": 0}}, "probabilities.save"),
        ({"quote": "   "}, "quote"),
        ({"quote": "\u200b"}, "quote"),
        ({"sentiment": "SECRET"}, "sentiment"),
        ({"ratings": {}}, "ratings.attention"),
    ],
)
def test_a_problem_names_its_place_and_says_nothing_again(change, problem):
    read = reading.people(json.dumps({"people": [PERSON | change]}), Snapshot, ["p1"])
    assert read.people == {}
    assert any(each.startswith(problem) for each in read.problems)
    assert "SECRET" not in str(read.problems)


def test_of_several_people_the_sound_ones_are_kept():
    people = [PERSON | {"id": f"p{n}"} for n in (1, 2)] + [PERSON | {"id": "p3", "trust": 99}]
    read = reading.people(json.dumps({"people": people}), Snapshot, ["p1", "p2", "p3"])
    assert set(read.people) == {"p1", "p2"}


@pytest.mark.parametrize(
    ("said", "passed", "dropped"),
    [
        ("I like “writes notes” a lot.", "I like “writes notes” a lot.", 0),
        ('I like "writes notes" a lot.', "I like “writes notes” a lot.", 0),
        ("“Writes Notes,” she says.", "“writes notes”, she says.", 0),
        ("Fine. I like “free unicorns” best. So?", "Fine. So?", 1),
        ("“free unicorns” and “more”.", "", 2),
        ("No quotes here; it's fine.", "No quotes here; it's fine.", 0),
        (
            "Hm, “Frobly writes notes. It's 20%”. Yes.",
            "Hm, “Frobly writes notes. It's 20%”. Yes.",
            0,
        ),
        ("“” is nothing.", "", 1),
    ],
)
def test_quotes_are_the_contents_or_they_go(said, passed, dropped):
    gate = Gate(READ, READ)
    assert (gate.text(said), gate.dropped) == (passed, dropped)


def test_marks_around_all_that_somebody_says_are_no_quotation():
    said = PERSON | {
        "quote": "“Honestly, I would give it a try this week.”",
        "pause": "At “free unicorns”.",
    }
    made = Gate(READ, READ).passed(Snapshot.model_validate(said))
    assert made.quote == "Honestly, I would give it a try this week."
    assert made.pause == ""


@pytest.mark.parametrize("said", ["An “open end.", "A closed” one.", "„Both” “writes notes” “ways"])
def test_a_mark_without_its_other_half_goes(said):
    passed = Gate(READ, READ).text(said)
    assert passed.count("“") == passed.count("”") <= 1


def test_what_was_not_read_cannot_be_quoted():
    gate = Gate("Frobly writes notes.", READ)
    assert gate.text("Nice: “costs $9”.") == ""
    assert gate.literal("costs $9") is None
    assert gate.literal("“writes notes”") == "writes notes"
    assert gate.dropped == 2


def test_percents_are_drawn_by_the_luck_of_the_seat():
    panel = EmbeddedEngine(speak=lambda _seat, _detail: {})
    plan = panel.plan(request(persona_count=1_000))
    chances = {"scroll": 55.0, "stay": 25.0, "click": 15.0, "save": 5.0}
    luck = [chair(plan, number).disposition.luck for number in range(1, 1_001)]
    acts = [drawn(chances, one) for one in luck]
    assert acts == [drawn(chances, one) for one in luck]
    counts = Counter(acts)
    assert all(abs(counts[act] / 10 - chances[act]) < 5 for act in DECISIONS)
    halved = {act: value / 2 for act, value in chances.items()}
    assert [drawn(halved, one) for one in luck] == acts
    assert {drawn({**dict.fromkeys(DECISIONS, 0.0), "save": 1.0}, one) for one in luck} == {"save"}


def test_a_deep_answer_has_every_field_of_its_level():
    assert list(Deep.model_fields)[:3] == ["id", "thinkAloud", "quote"]
