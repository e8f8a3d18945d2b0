"""The example of the pages is what the engine answers to that text."""

import json

from app.docs.example import PEOPLE, answers, example
from tests.docs.making import KEPT, made

AGAIN = "the engine answers otherwise by now: run `python -m tests.docs.making`, read the pages"


def test_the_example_is_what_the_panel_answers(services):
    assert json.loads(KEPT.read_text(encoding="utf-8")) == made(services), AGAIN


def test_everybody_of_the_example_sits_in_a_segment():
    assert sum(each.people for each in example().segments) == PEOPLE


def test_the_front_page_and_the_report_of_the_example_are_one():
    report = answers("https://polis.example")["calls"]["report"]["answer"]["report"]
    assert {each.name for each in example().segments} == {s["name"] for s in report["segments"]}
    assert example().friction == report["topFriction"][0]["point"]


def test_links_of_the_example_lead_to_this_installation():
    test = answers("https://polis.example")["calls"]["test"]["answer"]
    assert test["dashboard_url"].startswith("https://polis.example/app/runs/run_")
