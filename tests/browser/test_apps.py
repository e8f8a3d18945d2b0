"""Connected and developer apps in a real browser, with scripts switched off."""

import pytest
from playwright.sync_api import expect

from app.domain.clients import find, presets, secrets
from app.kit import clock
from tests import oauth
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS

LIST = "/app/developer-apps"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def _notice(page, text):
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def _copied(page, label):
    """What stands beside a field's name on the card."""
    field = page.get_by_role("term").filter(has_text=label).first
    return field.locator("xpath=following-sibling::dd[1]").inner_text()


def _connected(site, who, client_id, times):
    """People approve an app; how the code is fetched is another test's."""
    with site.services.database.reading() as session:
        app = find.by_client_id(session, client_id)
    for _ in range(times):
        oauth.approved(site.services, who, app, redirect_uri=app.redirect_uris[0], cap=2000)
    return app


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_an_app_is_made_connected_limited_and_ended(page, site):
    who = _signed_in(site, page)
    page.goto("/app/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Developer apps").click()
    page.get_by_role("button", name="Claude", exact=True).click()
    expect(page.get_by_role("heading", name="What Claude asks for")).to_be_visible()
    client_id = _copied(page, "OAuth Client ID")
    secret = _copied(page, "OAuth Client Secret")
    assert _copied(page, "Remote MCP server URL") == f"{site.base}/mcp"
    page.get_by_role("link", name="I have stored it").click()
    expect(page.get_by_text(secret)).to_have_count(0)

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Homepage").fill("nonsense")
    page.get_by_label("Access token lives").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="1 field needs a change.")).to_be_visible()
    expect(page.get_by_label("Access token lives")).to_have_value("4")
    page.get_by_label("Homepage").fill("https://claude.ai/")
    page.get_by_role("button", name="Save").click()
    _notice(page, "Saved.")

    app = _connected(site, who, client_id, times=2)
    page.get_by_role("link", name="Rotate secret").click()
    page.get_by_role("button", name="Rotate secret").click()
    second = _copied(page, "OAuth Client Secret")
    with site.services.database.reading() as session:
        for each in (secret, second):
            assert secrets.matches(session, app.id, each, clock.now())

    page.goto("/app/apps")
    page.get_by_role("link", name="Claude", exact=True).click()
    expect(page.get_by_role("heading", name="2 connections")).to_be_visible()
    page.get_by_role("link", name="Manage connection 1").click()
    page.get_by_label("Spend limit a month").fill("500")
    page.get_by_role("button", name="Save").click()
    _notice(page, "Saved.")
    expect(page.get_by_text("0 of 500 tokens")).to_be_visible()
    page.get_by_role("button", name="End this connection").click()
    _notice(page, "Connection ended.")
    expect(page.get_by_role("heading", name="1 connection")).to_be_visible()

    page.goto(f"{LIST}/{app.id}")
    page.get_by_role("link", name="Delete app").click()
    expect(page.get_by_text("1 connection of 1 person ends")).to_be_visible()
    page.get_by_role("button", name="Delete app").click()
    _notice(page, "Deleted.")
    page.goto("/app/apps")
    expect(page.get_by_text("No app is connected.")).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_about_apps_have_no_fault_at_any_width_in_any_light(page, site):
    who, claude = _signed_in(site, page), presets.PRESETS["claude"].app.redirect_uris[0]
    found = {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    look("nothing connected", "/app/apps")
    look("no app", LIST)
    for name, uri, times in (("Claude", claude, 12), (LONG, "http://127.0.0.1/cb", 1)):
        client = oauth.client(site.services, name=name, redirect_uris=[uri])
        _connected(site, who, client.client_id, times)
    look("connected", "/app/apps")
    for name in ("Claude", LONG):
        page.goto("/app/apps")
        page.get_by_role("link", name=name, exact=True).click()
        look(f"{name}: app")
        page.get_by_role("link", name="Manage").first.click()
        look(f"{name}: connection")
    page.get_by_label("Spend limit a month").fill("a lot")
    page.get_by_role("button", name="Save").click()
    look("a limit nobody can mean")
    look("new", f"{LIST}/new")
    page.get_by_role("button", name="Create app").click()
    look("new, empty")
    page.get_by_label("Name", exact=True).fill(LONG)
    page.get_by_label("Redirect URIs").fill("https://app.example/" + "x" * 200)
    page.get_by_role("button", name="Create app").click()
    look("made")
    page.get_by_role("link", name="I have stored it").click()
    look("app")
    here = page.url
    for more in ("edit", "secret", "delete"):
        look(more, f"{here}/{more}")
    look("list", LIST)
    assert {name: each for name, each in found.items() if each} == {}
