"""What-ifs are computed: the edit is made, the same person reads again."""

import re

import pytest

from app.adapters.engines.embedded.ask.question import understood
from app.adapters.engines.embedded.ask.whatif.hypotheses import hypothesis
from app.adapters.engines.embedded.read import read
from tests.adapters.engines.ask.conversations import LAUNCH, Panel

DOCUMENT = read(LAUNCH, "url")


def edited(question):
    edit = hypothesis(understood(question), DOCUMENT)
    return None if edit is None else edit.text


@pytest.mark.parametrize(
    ("question", "gone"),
    [
        ("If you removed 'revolutionary'?", "revolutionary"),
        ("what if we dropped revolutionary", "revolutionary"),
        ("Would it be better without “leverages observability”?", "leverages observability"),
        ("What if it didn't say Used by 2,300 teams?", "2,300 teams"),
        ("What if we cut the hype?", "revolutionary"),
        ("What if the last line was gone?", "free trial"),
        ("Would you stay if the jargon was removed?", "leverages"),
    ],
)
def test_what_is_supposed_away_is_taken_out(question, gone):
    assert gone in LAUNCH
    assert gone not in edited(question)


@pytest.mark.parametrize(
    ("question", "there", "gone"),
    [
        ("Would 'reliable' instead of 'revolutionary' help?", "Our reliable engine", "revolution"),
        ("What if it said “fast” instead of “revolutionary”?", "Our fast engine", "revolution"),
        ("Replace revolutionary with dependable", "Our dependable engine", "revolutionary"),
        ("What if the headline was “Sleep through deploys”?", "Sleep through deploys", "Meet"),
        ('What if it said "We lost data once"?', "We lost data once.", None),
        ("What if the price were shown?", "[add price]", None),
        ("What if it cost $20 a month?", "It costs $20 a month.", None),
        ("What if there was a customer testimonial?", "[add source]", None),
        ("If it had a money-back guarantee, would you click?", "money-back guarantee", None),
    ],
)
def test_what_is_supposed_to_be_there_is_put_there(question, there, gone):
    text = edited(question)
    assert there in text
    assert gone is None or gone not in text


def test_half_of_it_is_shorter():
    assert len(edited("What if it were shorter?")) < len(LAUNCH)


def test_a_line_can_be_moved_to_the_top():
    text = edited("What if it started with “Used by 2,300 teams”?")
    assert text.startswith("Used by 2,300 teams")


@pytest.mark.parametrize(
    "question", ["what if it was purple?", "Why did you leave?", "What if pigs could fly?"]
)
def test_what_cannot_be_made_is_not_made(question):
    assert edited(question) is None


@pytest.mark.parametrize(
    "question",
    ["What if the price were shown?", "If you removed 'revolutionary'?",
     "What if it were shorter?", "What if there was a testimonial?"],
)  # fmt: skip
def test_the_answer_tells_what_reading_again_gave(question):
    panel = Panel(LAUNCH, "url")
    text = edited(question)
    for number in range(1, 25):
        before, after = panel.seat(number).outcome, panel.seat(number, text).outcome
        answer = panel.ask(question, number)
        assert answer.grounded
        if before.intent != after.intent:
            assert f"from {before.intent} to {after.intent} out of 10" in answer.text
        else:
            assert f"{after.intent} out of 10" in answer.text
            assert not re.search(r"from \d+ to \d+ out of 10", answer.text)


def test_who_would_act_otherwise_says_so():
    panel = Panel(LAUNCH, "url")
    question = "What if we cut the hype?"
    turned = [
        number
        for number in range(1, 120)
        if panel.seat(number).outcome.decision == "scroll"
        and panel.seat(number, edited(question)).outcome.decision != "scroll"
    ]
    assert turned
    assert all(re.match(r"Yes|That would do it", panel.ask(question, n).text) for n in turned)


def test_what_is_there_already_would_change_nothing():
    panel = Panel("Try Rollback for deploys. It costs $49 per month. Start today.", "url")
    answers = [answer.text for answer in panel.all("What if the price were shown?")]
    assert any("$49 per month" in text for text in answers)


def test_another_amount_is_not_weighed():
    panel = Panel("Try Rollback for deploys. It costs $49 per month. Start today.", "url")
    answer = panel.ask("What if the price were lower?")
    assert not answer.grounded


def test_a_change_of_mind_is_computed_too():
    answers = Panel(LAUNCH, "url").all("What would change your mind?", 40)
    assert any(re.search(r"from \d+ to \d+ out of 10|out of 10", one.text) for one in answers)
