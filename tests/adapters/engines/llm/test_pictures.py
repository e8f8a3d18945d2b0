"""A page's picture before models that see, and before those that do not."""

import base64

import pytest

from tests.adapters.engines.llm.conftest import request

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JPEG = base64.b64encode(b"\xff\xd8 a first screen").decode()
PAGE = {"content_type": "url", "url": "https://a.example", "url_mode": "visual", "picture": JPEG}


def played(model, **more):
    engine = model.engine()
    plan = engine.plan(request("snapshot", **(PAGE | more)))
    found = engine.react(plan, range(1, 21))
    return found, engine.synthesise(plan, found).validity


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_page_that_was_looked_at_is_shown_to_the_model(make_model, provider):
    model = make_model(provider)
    found, told = played(model)
    assert (len(found), told["picture_seen_by"]) == (20, 20)
    assert {call["picture"] for call in model.fake.calls} == {JPEG}
    assert all("The picture is the first screen" in call["asked"] for call in model.fake.calls)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_model_that_takes_no_pictures_reads_the_text_and_the_report_says_so(make_model, provider):
    model = make_model(provider)
    model.fake.control.manners(refuses=["picture"])
    found, told = played(model)
    assert (len(found), told["picture_seen_by"]) == (20, 0)
    assert "20 of 20 people read the page's text without seeing its picture" in told["note"]
    before = len(model.fake.calls)
    engine = model.engine(run="run_two")
    assert len(engine.react(engine.plan(request("snapshot", **PAGE)), range(1, 21))) == 20
    assert len(model.fake.calls) == before + 4  # it is not asked again whether it sees


def test_a_text_is_sent_without_any_picture(model):
    engine = model.engine()
    engine.react(engine.plan(request("snapshot")), range(1, 6))
    [call] = model.fake.calls
    assert call["picture"] == ""
    assert isinstance(call["body"]["messages"][1]["content"], str)


def test_a_mended_answer_is_about_the_same_picture(model):
    model.fake.control.fault(kind="malformed")
    played(model)
    [again] = [call for call in model.fake.calls if call["turns"]]
    assert again["picture"] == JPEG
