"""The answer on the front page is the one the engine gives to that text."""

from dataclasses import asdict

import pytest

from app.docs.example import PEOPLE, Segment, example
from tests.fakes import work_off
from tests.tools.installation import running


@pytest.fixture
def answer(services):
    with running(services) as polis:
        agent = polis.agent(tokens=1000)
        begun = agent.call(
            "polis_test", content_type="text", content=example().content, persona_count=PEOPLE
        )
        work_off(services)
        return agent.call("polis_report", run_id=begun["run_id"])


def test_the_example_is_what_the_panel_answers(answer):
    kept = example()
    largest_first = sorted(answer["report"]["segments"], key=lambda each: -each["share"])
    assert [asdict(each) for each in kept.segments] == [
        asdict(Segment(each["name"], round(each["share"] * PEOPLE), *each["interval"]))
        for each in largest_first
    ]
    friction = answer["report"]["topFriction"][0]
    assert kept.friction == friction["point"]
    speaker = {each["quote"]: each["persona_id"] for each in friction["evidence"]}[kept.quote]
    person = {each["persona"]["id"]: each["persona"] for each in answer["reactions"]}[speaker]
    assert kept.person == f"{person['name']}, {person['age']}, {person['occupation']}"


def test_everybody_of_the_example_sits_in_a_segment():
    assert sum(each.people for each in example().segments) == PEOPLE
