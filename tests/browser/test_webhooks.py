"""A webhook in a real browser, from its making to a delivery sent again, with and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.site import Site, visited
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS
from tests.web.webhooks.receiver import URL, Receiver, receiving, verifies

LONG = URL + "/" + "x" * 200
WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


@pytest.fixture(scope="module")
def site(copies, tmp_path_factory, receiver) -> Iterator[Site]:
    """An installation whose webhooks end at the receiver."""
    folder = tmp_path_factory.mktemp("hooked")
    with visited(copies, folder, fetcher=receiver.client()) as running:
        yield running


@pytest.mark.parametrize(
    "page",
    [pytest.param(NO_SCRIPT, id="no script"), pytest.param(WITH_SCRIPT, id="script")],
    indirect=True,
)
def test_a_webhook_is_made_tried_sent_again_rolled_and_deleted(page, site, receiver, request):
    script = "no script" not in request.node.name
    receiver.requests.clear()
    _signed_in(site, page)
    page.goto("/app/webhooks")
    page.get_by_label("URL").fill("http://127.0.0.1/")
    page.get_by_role("button", name="Create webhook").click()
    expect(page.get_by_role("alert").filter(has_text="This address is not public.")).to_be_visible()
    page.get_by_label("URL").fill(URL)
    page.get_by_label("Description").fill("Notifier")
    page.get_by_role("button", name="Create webhook").click()
    secret = page.locator(".once .copy code").inner_text()
    page.get_by_role("link", name="I have stored it").click()
    expect(page.get_by_text(secret)).to_have_count(0)

    page.get_by_role("button", name="Send a test event").click()
    expect(page.get_by_text("A worker is about to send it.")).to_be_visible()
    site.work_off()
    if not script:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Delivered", exact=True)).to_be_visible(timeout=10_000)
    expect(page.get_by_text("204", exact=True)).to_be_visible()
    page.get_by_role("button", name="Resend").click()
    expect(page.get_by_role("status").filter(has_text="Sent again.")).to_be_visible()
    site.work_off()
    (first, body), (second, again) = receiver.requests
    assert verifies(secret, first, body) == [True]
    assert (first["webhook-id"], body) == (second["webhook-id"], again)

    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Notifier").click()
    page.get_by_role("link", name="Roll it").click()
    page.get_by_role("button", name="Roll secret").click()
    assert page.locator(".once .copy code").inner_text() != secret
    page.get_by_role("link", name="Delete webhook").click()
    page.get_by_role("button", name="Delete webhook").click()
    expect(page.get_by_role("status").filter(has_text="Deleted.")).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_about_webhooks_have_no_fault_at_any_width_in_any_light(page, site, receiver):
    _signed_in(site, page)
    found = {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    look("none", "/app/webhooks")
    page.get_by_role("button", name="Create webhook").click()
    look("no address")
    page.get_by_label("URL").fill(LONG)
    page.get_by_role("button", name="Create webhook").click()
    look("made")
    page.get_by_role("link", name="I have stored it").click()
    here = page.url
    look("nothing sent")
    receiver.statuses[:], receiver.says = [500], b"<html>" + b"long" * 300
    page.get_by_role("button", name="Send a test event").click()
    look("waiting")
    waiting = page.url
    site.work_off()
    look("tried", waiting)
    look("log", here)
    look("none of these", f"{here}?status=delivered")
    look("secret", f"{here}/secret")
    page.get_by_role("button", name="Roll secret").click()
    look("rolled")
    look("delete", f"{here}/delete")
    look("list", "/app/webhooks")
    look("docs", "/docs/webhooks")
    page.goto(here)
    page.get_by_role("button", name="Switch off").click()
    look("off")
    assert {name: each[:3] for name, each in found.items() if each} == {}
