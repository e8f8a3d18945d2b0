"""Pages that a model's panel looks at: shown while the run goes on, forgotten when it is over."""

import base64
from dataclasses import replace

from app.adapters.pages.browser import LocalBrowser, Looked
from app.domain.runs.order import Order
from tests.fake_models.process import fake_models, fake_models_process
from tests.fakes import work_off
from tests.page_world import OFFER, html, world_of
from tests.starting import reading
from tests.worker.modelled import begin, install, services, who_of

__all__ = ["fake_models", "fake_models_process", "install", "services"]
JPEG = base64.b64encode(b"\xff\xd8 a first screen").decode()
LAYOUT = (("layout_contrast", 1.0),)


def looking(services, world):
    browser = LocalBrowser(
        lambda *_: Looked(OFFER, ("Nothing stood out.",), JPEG, LAYOUT), programs=("sh",)
    )
    return replace(services, fetcher=world.client(), browser=browser)


def visual(mode="visual"):
    return Order("url", "", 10, "snapshot", url="http://site.example/", url_mode=mode)


def test_a_page_is_shown_to_the_model_and_its_picture_goes_with_the_end_of_the_run(
    services, fake_models
):
    with world_of({"/": html(OFFER)}) as world:
        seeing = looking(services, world)
        begun = begin(seeing, who_of(seeing), visual())
        work_off(seeing)
    assert {call["picture"] for call in fake_models.calls} == {JPEG}
    with reading(seeing, begun.id) as run:
        assert run.status == "complete"
        assert {"picture", "layout"}.isdisjoint(run.page)
        assert run.synthesis["validity"]["picture_seen_by"] == 10
        assert run.synthesis["report"]["structuralNotes"] == ["Nothing stood out."]


def test_a_page_whose_words_alone_are_read_brings_no_picture(services, fake_models):
    with world_of({"/": html(OFFER)}) as world:
        seeing = looking(services, world)
        begun = begin(seeing, who_of(seeing), visual("copy"))
        work_off(seeing)
    assert {call["picture"] for call in fake_models.calls} == {""}
    with reading(seeing, begun.id) as run:
        assert "picture_seen_by" not in run.synthesis["validity"]
