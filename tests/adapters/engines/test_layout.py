"""What a browser measured of a page moves the people who read it, and nobody who reads a text."""

import re
from functools import cache

import pytest

from app.adapters.engines.embedded.ask.looks import asked_of
from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.cues.kinds import LAYOUT
from app.adapters.engines.embedded.disposition import dispose
from app.adapters.engines.embedded.plan import VERSION, chair, make_plan, sit
from app.adapters.engines.embedded.voice import speak, speak_traced
from app.adapters.engines.embedded.voice.families import FAMILIES
from app.adapters.engines.embedded.voice.frames import compiled
from app.domain.panel import frictions
from app.domain.panel.evidence import bare
from app.domain.panel.strata import Strata
from tests.adapters.engines.panels import ENGINE, request, run
from tests.adapters.engines.texts import TEXTS
from tests.adapters.engines.voice.measures import variety

SEATS = 60
PAGES = ("page", "launch", "advert", "memo")
ALL = tuple((kind, 0.8) for kind in LAYOUT)


def page(name, layout=(), **changes):
    return request(TEXTS[name][1], "url", layout=layout, **changes)


@cache
def utility(name, layout=()):
    """The mean pull of a page on its readers."""
    plan = make_plan(page(name, layout, audience="people"))
    sat = [sit(plan.views, chair(plan, number)) for number in range(1, SEATS + 1)]
    return sum(one.outcome.utility for one in sat) / SEATS


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", LAYOUT)
def test_what_stands_in_the_way_costs_a_page_its_readers_and_more_of_it_more(kind, name):
    without, some, much = (utility(name, each) for each in ((), ((kind, 0.3),), ((kind, 1.0),)))
    assert without > some > much


def test_people_are_the_same_with_eyes_and_without():
    luck = Strata(VERSION, 7, "luck")
    one, other = (dispose(VERSION, 7, "p3", 3, luck, looked=looked) for looked in (False, True))
    assert {kind: other.taste[kind] for kind in one.taste} == one.taste
    assert set(other.taste) - set(one.taste) == set(LAYOUT)
    assert (one.mood, one.luck, one.haste, one.trust, one.intent) == (
        other.mood, other.luck, other.haste, other.trust, other.intent,
    )  # fmt: skip


@pytest.mark.parametrize("kind", LAYOUT)
def test_what_is_gravely_wrong_with_a_page_is_a_friction_in_peoples_own_words(kind):
    _, reactions, made = run(page("launch", ((kind, 1.0), (kind, 1.0)), persona_count=100))
    plain = run(page("launch", persona_count=100))[2]
    known = [row["point"] for row in plain.report["topFriction"]]
    points = {row["point"]: row for row in made.report["topFriction"]}
    points = {point: row for point, row in points.items() if point not in known}
    [point] = [point for point, row in points.items() if row["severity"] > 1]
    evidence = points[point]["evidence"]
    assert evidence
    bodies = {one.persona["id"]: str(one.body) for one in reactions}
    assert all(each["quote"] in bodies[each["persona_id"]] for each in evidence)


def test_a_thousand_visitors_of_a_bad_page_hardly_repeat_each_other():
    plan = ENGINE.plan(page("page", ALL))
    quotes = [speak(ENGINE.reseat(plan, number), "snapshot")["quote"] for number in range(1, 1001)]
    distinct, commonest = variety(quotes)
    assert distinct >= 0.95
    assert commonest <= 0.02


def test_what_is_said_of_a_layout_goes_back_to_a_finding():
    plan = ENGINE.plan(page("page", ALL))
    said = {
        ref
        for number in range(1, 201)
        for _, ref in speak_traced(ENGINE.reseat(plan, number), "deep")[1]
    }
    assert said >= set(LAYOUT)


def test_a_rewrite_mends_words_and_takes_no_credit_for_the_layout():
    with_, without = (run(page("advert", layout, persona_count=60))[2] for layout in (ALL, ()))
    edits = [one.report["rewrite"]["edits"] for one in (with_, without)]
    assert edits[0] == edits[1]


def test_an_edit_supposed_of_a_page_leaves_its_layout_as_it_is():
    plan = ENGINE.plan(page("page", ALL))
    edited = ENGINE.reseat(plan, 1, TEXTS["page"][1] + " It costs $9.")
    assert [cue.kind for cue in edited.document.cues][-len(LAYOUT) :] == list(LAYOUT)


@pytest.mark.parametrize("kind", LAYOUT)
def test_every_line_about_a_layout_is_known_as_one_of_its_kind(kind):
    marks = list(map(bare, frictions.MARKS[kind]))
    others = [(each, map(bare, frictions.MARKS[each])) for each in LAYOUT if each != kind]
    others = [(each, list(those)) for each, those in others]
    family = FAMILIES[kind]
    for line in (*family.disliked, *family.bad, *family.wonders):
        frame = compiled(re.sub(r"^[a-z]: ", "", line))
        for turn in range(frame.size):
            said = bare(frame.wording(turn))
            assert any(mark in said for mark in marks), said
            assert [other for other, those in others if any(mark in said for mark in those)] == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What do you think of the layout?", LAYOUT),
        ("Is it hard to read on your phone?", ("layout_phone",)),
        ("What about the contrast of the text?", ("layout_contrast",)),
        ("Did the buttons help you?", ("layout_ask", "layout_competing")),
        ("Was the first screen too crowded?", ("layout_crowded", "layout_bare")),
    ],
)
def test_who_looked_at_a_page_is_asked_about_its_looks(question, told):
    asked = page("launch", ALL, persona_count=30)
    plan = ENGINE.plan(asked)
    marks = [bare(mark) for kind in told for mark in frictions.MARKS[kind]]
    for answer in ENGINE.ask(plan, ENGINE.react(plan, range(1, 31)), question, []):
        assert answer.grounded
        assert any(mark in bare(answer.text) for mark in marks), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Is $599 too much for a phone?", "How much does the phone cost?", "Would you buy this phone?",
        "What would make you press the button?", "Why would you not scroll on?",
        "Who else makes such phones?", "What colour would you want?",
        "Do you like the design of the camera?", "Tell me about “Works with Postgres”.",
    ],
)  # fmt: skip
def test_a_question_about_the_offer_is_none_about_the_page(question):
    document = ENGINE.plan(page("launch", ALL)).document
    assert asked_of(understood(question), document) == []


def test_a_word_of_the_text_is_asked_about_as_a_word_of_the_text():
    asked = request("Our layout engine draws contrast and headings in 3 ms.", "url", layout=ALL)
    assert asked_of(understood("Is the contrast good?"), ENGINE.plan(asked).document) == []
    assert asked_of(understood("Is the contrast good?"), ENGINE.plan(page("launch", ALL)).document)


def test_who_read_a_text_says_nothing_of_its_looks():
    plan = ENGINE.plan(page("launch", persona_count=10))
    [said] = ENGINE.ask(plan, ENGINE.react(plan, [1]), "Do you like the layout?", [])
    assert not said.grounded


def test_a_fault_of_the_page_is_not_called_a_gap_in_the_text():
    plan = ENGINE.plan(page("launch", (("layout_contrast", 1.0),) * 3, persona_count=30))
    people = ENGINE.react(plan, range(1, 31))
    worst = [one.text for one in ENGINE.ask(plan, people, "What put you off?", [])]
    assert not any(re.search("leaves out|isn't there|the gap", text) for text in worst)
    lacking = [one.text for one in ENGINE.ask(plan, people, "What is missing?", [])]
    assert all(re.search("(?i)looking for|miss anything", text) for text in lacking)
