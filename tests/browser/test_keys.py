"""A key in a real browser, from its making to its end, with and without scripts."""

import pytest
from playwright.sync_api import expect

from app.domain import keys
from app.kit import clock
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS
from tests.factories import Member

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}


def _shown(page):
    return page.locator(".once .copy code").inner_text()


def _agent(site, key):
    return site.as_(Member("", "", key, ""))


@pytest.mark.parametrize(
    "page",
    [pytest.param(NO_SCRIPT, id="no script"), pytest.param(WITH_SCRIPT, id="script")],
    indirect=True,
)
def test_a_key_is_made_called_capped_rolled_and_revoked(page, site, request):
    script = "no script" not in request.node.name
    _signed_in(site, page)
    page.goto("/app/keys")
    page.get_by_role("textbox", name="Name").fill("ci")
    page.get_by_label("Monthly cap").fill("500")
    page.get_by_role("button", name="Create key").click()
    first = _shown(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .env").click()
    assert download.value.path().read_text() == f"POLIS_KEY={first}\n"
    expect(page.get_by_text("Waiting for the first call")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the key")).to_be_visible(visible=script)

    assert _agent(site, first).call("polis_account")
    site.app.extensions["polis_last_use"].flush()
    if not script:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("First call received")).to_be_visible(timeout=10_000)
    if script:
        page.get_by_role("link", name="I have stored it").click()
    expect(page.get_by_text(first)).to_have_count(0)

    page.get_by_label("Monthly cap").fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_text("0 of 5 tokens")).to_be_visible()

    page.get_by_role("link", name="Roll", exact=True).click()
    page.get_by_label("7 days").check()
    page.get_by_role("button", name="Roll key").click()
    second = _shown(page)
    expect(page.get_by_text("It is being rolled.")).to_be_visible()
    for key in (first, second):
        assert _agent(site, key).ask("tools/list").status_code == 200

    page.get_by_role("link", name="Revoke", exact=True).click()
    expect(page.get_by_role("heading", name="Revoke “ci”?")).to_be_visible()
    expect(page.get_by_text("Requests with it fail from now on.")).to_be_visible()
    page.get_by_role("button", name="Revoke key").click()
    expect(page.get_by_role("status").filter(has_text="Revoked.")).to_be_visible()
    assert _agent(site, second).ask("tools/list").status_code == 401


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_about_keys_have_no_fault_at_any_width_in_any_light(page, site):
    who, found = _signed_in(site, page), {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    look("list", "/app/keys")
    look("ended, none", "/app/keys?show=ended")
    page.get_by_role("link", name="Working").click()
    page.get_by_role("button", name="Create key").click()
    look("no name")
    page.get_by_role("textbox", name="Name").fill(LONG)
    page.get_by_label("Monthly cap").fill("900000000")
    page.get_by_role("button", name="Create key").click()
    look("made")
    page.get_by_role("link", name="I have stored it").click()
    look("key")
    here = page.url
    look("roll", f"{here}/roll")
    page.get_by_role("button", name="Roll key").click()
    look("rolled")
    look("revoke", f"{here}/revoke")
    look("former", here)
    agent = site.as_(who)
    with site.services.transaction() as session:
        for number in range(27):
            keys.create(
                session, who.organization_id, user_id=who.user_id, name=f"Key {number}",
                now=clock.now(), monthly_cap_tokens=number * 1000, book="test" if number % 2 else "live",
            )  # fmt: skip
    agent.call("polis_account")
    look("many", "/app/keys")
    page.get_by_role("link", name="Older").click()
    look("older")
    assert {name: each[:3] for name, each in found.items() if each} == {}
