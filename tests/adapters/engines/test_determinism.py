import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.engines.panels import ENGINE, digest, known, request, run
from tests.adapters.engines.texts import TEXTS

ROOT = Path(__file__).parents[3]
CHILD = """
from tests.adapters.engines.panels import digest, known
for name in {names!r}:
    _, reactions, synthesis = known(name)
    print(digest(reactions, synthesis))
"""


def test_the_same_request_gives_the_same_bytes_in_another_process():
    names = ["tweet", "page", "spanish"]
    here = [digest(*known(name)[1:]) for name in names]
    for seed in ("0", "4711"):
        told = subprocess.run(
            [sys.executable, "-c", CHILD.format(names=names)],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert told.stdout.split() == here


def test_seats_do_not_depend_on_who_else_reacts_or_in_which_order():
    plan, reactions, _ = known("tweet")
    assert ENGINE.react(plan, [30, 3]) == [reactions[29], reactions[2]]


def test_a_large_panel_begins_with_the_small_one():
    content_type, content = TEXTS["launch"]
    small = run(request(content, content_type, persona_count=20))[1]
    large = run(request(content, content_type, persona_count=60))[1]
    assert large[:20] == small


def test_a_plan_made_again_elsewhere_serves_the_same_seats():
    content_type, content = TEXTS["memo"]
    plans = [ENGINE.plan(request(content, content_type)) for _ in range(2)]
    assert ENGINE.react(plans[0], [5]) == ENGINE.react(plans[1], [5])


def test_another_seed_seats_another_panel():
    content_type, content = TEXTS["tweet"]
    first, second = (run(request(content, content_type, seed=seed))[1] for seed in (1, 2))
    assert [one.persona["name"] for one in first] != [one.persona["name"] for one in second]


def test_versions_of_a_text_meet_the_same_people_with_the_same_luck():
    readers = TEXTS["tweet"][1]
    first, second = (
        run(request(content, "tweet", audience_content=readers))[1]
        for content in (TEXTS["tweet"][1], TEXTS["tweet"][1] + " ")
    )
    assert [one.persona for one in first] == [one.persona for one in second]
    assert [one.state["outcome"] for one in first] == [one.state["outcome"] for one in second]


@pytest.mark.parametrize("number", [1, 50, 100])
def test_a_seat_taken_again_is_the_seat_that_was_stored(number):
    plan, reactions, _ = known("page")
    taken = ENGINE.reseat(plan, number)
    stored = reactions[number - 1].state["outcome"]
    assert (taken.outcome.decision, taken.outcome.utility) == (
        stored["decision"],
        stored["utility"],
    )


def test_a_what_if_equals_a_real_run_on_the_edited_text():
    plan, _, _ = known("page")
    edited = plan.document.text + " From $9 per month."
    readers = plan.document.text
    real = ENGINE.plan(request(edited, "url", persona_count=100, audience_content=readers))
    for number in (2, 9, 33):
        assert ENGINE.reseat(plan, number, edited).outcome == ENGINE.reseat(real, number).outcome
