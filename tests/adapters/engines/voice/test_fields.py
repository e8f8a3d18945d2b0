"""Which fields a reaction has, and what each of them may hold."""

import re

import pytest

from app.adapters.engines.embedded.voice import speak
from tests.adapters.engines.voice.measures import strings
from tests.adapters.engines.voice.seats import CONTENT, seat_with

SNAPSHOT = {"firstGlance", "decision", "noticedFirst", "pause", "quote", "intent"}
STANDARD = SNAPSHOT | {
    "thinkAloud", "resonated", "confused", "objections", "openQuestions", "trust", "sentiment",
    "stuckPhrase", "oneChange",
}  # fmt: skip
DEEP = STANDARD | {"emotionalArc", "wouldPay", "shareWith", "comparedTo", "personalContext"}


@pytest.mark.parametrize(
    ("detail", "fields"), [("snapshot", SNAPSHOT), ("standard", STANDARD), ("deep", DEEP)]
)
def test_each_level_of_detail_has_exactly_its_fields(detail, fields):
    assert set(speak(seat_with(), detail)) == fields


def test_a_field_with_nothing_to_say_is_left_out_instead_of_null():
    body = speak(seat_with(ledger=(("number", "12 seconds", "credibility", 0.4),)), "deep")
    assert "confused" not in body
    assert None not in body.values()


def test_the_outcome_is_told_as_it_was_drawn():
    body = speak(seat_with(decision="save", intent=6, trust=7, sentiment="positive"), "standard")
    assert (body["decision"], body["intent"], body["trust"]) == ("save", 6, 7)
    assert body["sentiment"] == "positive"


@pytest.mark.parametrize("number", range(1, 40))
def test_a_first_glance_has_three_words(number):
    assert len(speak(seat_with(number=number), "snapshot")["firstGlance"].split()) == 3


@pytest.mark.parametrize("traits", [{}, {"O": -2.0}, {"O": 2.0, "need_for_cognition": 1.5}])
def test_thinking_aloud_takes_two_to_four_sentences(traits):
    said = speak(seat_with(traits=traits), "standard")["thinkAloud"]
    assert 2 <= len(re.findall(r"[.?!](?=\s|$)", said)) <= 4


@pytest.mark.parametrize("detail", ["standard", "deep"])
@pytest.mark.parametrize("seat", [seat_with(ledger=()), seat_with("\u3042" * 20_000, ledger=())])
def test_whoever_has_a_single_thing_to_say_says_it_and_decides(seat, detail):
    said = speak(seat, detail)["thinkAloud"]
    assert len(re.findall(r"[.?!](?=\s|$)", said)) == 2


def test_who_thinks_more_says_more():
    brief = speak(seat_with(traits={"O": -2.0, "need_for_cognition": -2.0}), "standard")
    broad = speak(seat_with(traits={"O": 2.0, "need_for_cognition": 2.0}), "standard")
    assert len(brief["thinkAloud"]) < len(broad["thinkAloud"])


def test_the_phrase_that_stuck_stands_in_what_was_read():
    body = speak(seat_with(read=2), "standard")
    read = CONTENT[: CONTENT.index(" Our")]
    assert body["stuckPhrase"] in read


def test_objections_come_strongest_first_and_each_about_something_else():
    body = speak(seat_with(), "standard")
    assert "revolutionary" in body["objections"][0]
    assert len(set(body["objections"])) == len(body["objections"]) == 3


@pytest.mark.parametrize("decision", ["scroll", "stay", "click", "save"])
@pytest.mark.parametrize("number", range(1, 20))
def test_every_string_is_a_finished_sentence_or_a_phrase(decision, number):
    for name, text in strings(speak(seat_with(number=number, decision=decision), "deep")):
        assert text == text.strip()
        assert "  " not in text
        if name not in ("firstGlance", "decision", "sentiment", "stuckPhrase", "wouldPay.answer"):
            assert re.search(r"[.?!…]$", text), (name, text)
            assert text[0] == "“" or not text[0].islower(), (name, text)


def test_a_person_nobody_measured_still_speaks():
    assert speak(seat_with(traits={}, terms=()), "deep")["quote"]


def test_an_unknown_kind_of_cue_is_spoken_of_all_the_same():
    ledger = (
        ("pun", "safety net", "attention", 0.4),
        ("missing_date", None, "clarity", -0.6),
    )
    body = speak(seat_with(ledger=ledger), "deep")
    told = " ".join(text for _, text in strings(body))
    assert "“safety net”" in told
    assert "date" in told
