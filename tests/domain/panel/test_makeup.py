"""Who will read is told before anybody does, and those very people read."""

import pytest

from app.adapters.engines import build
from app.domain.panel.makeup import SEATED, makeup
from app.domain.panel.shapes import PanelRequest

TEXT = "An invoice tool for freelancers who would rather design than chase payments."
engine = build("embedded")


def request(**more):
    facts = {
        "content_type": "tweet", "content": TEXT, "persona_count": 40, "detail": "snapshot",
        "seed": 7, "audience": None,
    }  # fmt: skip
    return PanelRequest(**(facts | more))


def shown(of):
    return makeup(of.content_type, of.content, of.audience, of.seed, of.persona_count)


@pytest.mark.parametrize("audience", [None, "sceptical nurses aged 30 to 45"])
def test_the_people_shown_are_the_people_who_react(audience):
    asked = request(audience=audience)
    reactions = engine.react(engine.plan(asked), range(1, 41))
    told = shown(asked)
    for field, parts in (("archetype", told.archetypes), ("circle", told.circles)):
        seen = [one.persona[field] for one in reactions]
        assert {part.name: part.people for part in parts} == {
            name: seen.count(name) for name in set(seen)
        }
    jobs = [one.persona["occupation"] for one in reactions]
    assert all(jobs.count(part.name) == part.people for part in told.roles)


def test_every_seat_is_counted_once_in_each_table():
    told = shown(request())
    assert told.seated == 40
    for parts in (told.circles, told.archetypes, told.ages):
        assert sum(part.people for part in parts) == 40
    assert sum(part.people for part in told.roles) + told.other_roles == 40


def test_a_large_panel_is_told_by_its_first_seats():
    large, small = shown(request(persona_count=1000)), shown(request(persona_count=SEATED))
    assert large._replace(seats=SEATED) == small
    assert (large.seated, large.is_whole, small.is_whole) == (SEATED, False, True)


def test_whom_a_text_is_for_is_said_with_how_sure_that_is():
    told = shown(request()).audience
    assert told["inferred"]
    assert told["text"] == "freelancers and consultants"
    assert 0 < told["confidence"] < 1
    assert not shown(request(audience="nurses")).audience["inferred"]
