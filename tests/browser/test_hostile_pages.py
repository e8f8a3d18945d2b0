"""What others serve is drawn as text and as dots: pages we fetched, and pictures of their apps (S28)."""

from dataclasses import replace
from functools import cache
from urllib.parse import urlencode

import pytest

from app.adapters import engines
from app.kit import clock
from tests import oauth
from tests.adapters.fetch.wire import says
from tests.adapters.test_logos import picture
from tests.browser.site import visited
from tests.browser.test_connecting import _link, _signed_in
from tests.factories import member
from tests.fakes import work_off
from tests.hostile import ALL, PAYLOADS
from tests.page_world import NO_BROWSER, SENTENCE, html, test_of, world_of

RUN = "<script>window.hit=1</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit=1">{RUN}</svg>'
PICTURES = {
    "script in a drawing": says(SVG.encode(), "image/svg+xml"),
    "a drawing called a picture": says(SVG.encode(), "image/png"),
    "a page called a picture": says(RUN.encode(), "image/png"),
    "a picture with a page behind it": says(picture() + RUN.encode(), "image/png"),
    "a picture called a page": says(picture() + RUN.encode(), "text/html"),
}
PATHS = {name: f"/logo{number}" for number, name in enumerate(PICTURES)}
OFFER = (
    f"<html><head><title>{PAYLOADS[0]}</title></head><body><h1>Heading {PAYLOADS[11]}</h1>"
    + "".join(f"<p>{SENTENCE} It costs $9 a month. {each}</p>" for each in PAYLOADS)
    + "".join(f"<p>{each.replace('&', '&amp;').replace('<', '&lt;')}</p>" for each in PAYLOADS)
    + "</body></html>"
)


@pytest.fixture(scope="module")
def site(copies, tmp_path_factory):
    """An installation of its own, whose fetcher lives where everything is hostile."""
    pages = {"/": html(OFFER), **{PATHS[name]: page for name, page in PICTURES.items()}}
    with (
        world_of(pages) as world,
        visited(
            copies, tmp_path_factory.mktemp("hostile"), fetcher=world.client(), browser=NO_BROWSER
        ) as running,
    ):
        yield running


@pytest.fixture
def hits(page):
    """How often something ran on a page that is opened."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.add_init_script("window.hit = 0")

    def opened(path):
        assert page.goto(path).status in {200, 404}, path
        return page.evaluate("window.hit") + len(dialogs)

    return opened


def test_s28_a_hostile_page_that_was_fetched_is_text_on_its_run(page, site, hits, measured):
    who = member(site.services, verified=True, tokens=5_000)
    _signed_in(site, page, who)
    agent = site.as_(who)
    run = agent.call("polis_test", **test_of("http://site.example/", persona_count=60))["run_id"]
    work_off(replace(site.services, engine=cache(lambda: engines.build("embedded"))))
    assert agent.call("polis_report", run_id=run)["ready"] is True
    ran = [
        (path, hits(path))
        for path in (
            f"/app/runs/{run}",
            "/app/runs",
            "/app/",
            f"/app/new?{urlencode({'run': run})}",
        )
    ]
    measured("S28", "hostile texts", len(PAYLOADS))
    measured("S28", "scripts that ran", sum(count for _, count in ran))
    assert [each for each in ran if each[1]] == []
    assert ALL


@pytest.mark.parametrize("name", PICTURES)
def test_s28_a_hostile_picture_of_an_app_runs_nothing(page, site, hits, complaints, name, measured):
    _signed_in(site, page, member(site.services, verified=True))
    client = oauth.client(
        site.services, name=name, logo_uri=f"http://site.example{PATHS[name]}",
        verified_at=clock.now(),
    )  # fmt: skip
    ran = [hits(_link(client.client_id, oauth.REDIRECT)), hits(f"/logos/{client.id}.png")]
    measured("S28", "scripts that ran", sum(ran))
    assert ran == [0, 0]
    served = site.app.test_client().get(f"/logos/{client.id}.png", base_url=site.base)
    assert RUN.encode() not in served.data
    if name == "a picture with a page behind it":
        assert served.data.startswith(b"\x89PNG")
    complaints.clear()  # a picture that is none leaves its place empty, and says so
