"""Which texts learned weights speak of, and what a panel and a comparison make of that."""

import pytest

from app.adapters.engines.embedded.heads.head import head
from app.adapters.engines.embedded.plan import chair, make_plan, sit
from app.adapters.engines.embedded.read import read
from tests.adapters.engines.heads.test_heads import PAIRS
from tests.adapters.engines.panels import ENGINE, known, request
from tests.adapters.engines.texts import TEXTS

CONTENT_TYPES = {"headline": "text", "tweet": "tweet", "argument": "markdown"}
SIDE = (
    "Schools should teach cooking because studies show that people who cook eat less sugar, and"
    " it costs little."
)
BETTER_AND_WORSE = PAIRS | {
    "argument": (SIDE, "its wrong because i just think its stupid and i do not like it at all lol"),
}


def _wording(text, content_type="text"):
    return read(text, content_type).wording


def _panels(format_, texts, count=40):
    asked = [
        request(text, CONTENT_TYPES[format_], persona_count=count, audience_content=texts[0])
        for text in texts
    ]
    plans = [ENGINE.plan(each) for each in asked]
    return plans, [ENGINE.react(plan, range(1, count + 1)) for plan in plans]


def test_a_tweet_is_judged_as_a_tweet_whatever_it_looks_like():
    for text in ("She Was Told She'd Never Walk Again", SIDE, "Free for one database: $19 a month"):
        assert (_wording(text, "tweet").format, _wording(text, "tweet").level) == (
            "tweet", "validated-wording",
        )  # fmt: skip


def test_one_line_is_read_as_a_headline_and_said_to_be_like_those_learned_from_only_in_their_form():
    titled = _wording("She Was Told She'd Never Walk Again. Watch What She Does Next.")
    plain = _wording("please hand in the expense reports before friday noon")
    assert (titled.format, titled.level) == ("headline", "validated-wording")
    assert (plain.format, plain.level) == ("headline", "validated-elsewhere")


@pytest.mark.parametrize("content_type", ["text", "markdown"])
def test_a_side_taken_with_a_reason_is_read_as_an_argument_of_elsewhere(content_type):
    found = _wording(f"{SIDE}\n{SIDE}", content_type)
    assert (found.format, found.level) == ("argument", "validated-elsewhere")


@pytest.mark.parametrize(
    ("text", "content_type"),
    [(SIDE, "linkedin"), (SIDE, "url"), (TEXTS["spanish"][1], "tweet"), (TEXTS["shop"][1], "text"),
     (TEXTS["recipe"][1], "markdown"), (TEXTS["launch"][1], "markdown"), ("", "tweet"),
     ("\N{PILE OF POO}", "tweet"), (f"{SIDE}\nOur plans, pricing and trial: subscribe.", "text")],
)  # fmt: skip
def test_of_other_texts_people_s_choices_say_nothing(text, content_type):
    assert _wording(text, content_type) is None


def test_blanks_around_a_text_are_no_part_of_its_wording():
    assert _wording(" \n" + SIDE + "\n\n", "tweet") == _wording(SIDE, "tweet")


@pytest.mark.parametrize("format_", PAIRS)
def test_a_panel_likes_better_what_people_like_better(format_):
    liked = []
    for text in BETTER_AND_WORSE[format_]:
        plan = make_plan(request(text, CONTENT_TYPES[format_], audience="people"))
        liked.append(sum(sit(plan.views, chair(plan, n)).outcome.utility for n in range(1, 41)))
    assert liked[0] > liked[1]


def test_a_comparison_is_as_sure_as_people_s_choices_are():
    better, worse = PAIRS["tweet"]
    plans, panels = _panels("tweet", [worse, better])
    told = ENGINE.compare(plans, panels)
    assert told["winner"] == 1
    assert told["level"] == "validated-wording"
    assert told["p_a_beats_b"] == pytest.approx(head("tweet").odds(better, worse), abs=1e-4)
    low, high = told["interval"]
    assert low < told["p_a_beats_b"] < high
    assert "by what people chose before" in told["verdict"]


def test_versions_of_two_kinds_are_compared_by_the_panel_alone():
    plans, panels = _panels("headline", ["She Was Told She'd Never Walk Again", f"{SIDE}\n{SIDE}"])
    told = ENGINE.compare(plans, panels)
    assert told["level"] == "unvalidated-format"
    assert told["p_a_beats_b"] <= 0.7


def test_a_panel_that_leans_the_other_way_is_told_beside_the_odds():
    better, worse = PAIRS["tweet"]
    plans, panels = _panels("tweet", [better, worse])
    told = ENGINE.compare(plans, panels[::-1])
    assert told["winner"] == 0
    assert "More of this panel like another one better than A." in told["verdict"]


def test_a_report_quotes_the_benchmark_of_its_own_format():
    tweet, page = known("tweet")[2].validity, known("page")[2].validity
    assert tweet["level"] == "validated-wording"
    assert 0.6 < tweet["ci"][0] < tweet["accuracy"] < tweet["ci"][1]
    assert tweet["baseline"]["guessing"] == 0.5 < tweet["baseline"]["length"] < tweet["accuracy"]
    assert f"{100 * tweet['accuracy']:.1f} %" in tweet["note"]
    assert page["level"] == "unvalidated-format"
    assert page["accuracy"] is None
    assert "no better than a coin" in page["note"]
