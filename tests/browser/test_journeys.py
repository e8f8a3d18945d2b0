"""What people do on pages, with scripts switched off."""

import pytest
from playwright.sync_api import expect

from app.kit import clock
from tests.browser.looks import faults

NO_SCRIPT = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_a_pack_is_bought_with_two_buttons(page, site):
    agent = site.agent(tokens=0)
    page.goto(site.services.links.pay(agent.who.organization_id, "pack:small", clock.now()))
    page.get_by_role("button", name="Go to checkout").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_text("Confirming the payment")).to_be_visible()
    site.work_off()
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Paid.")).to_be_visible()
    assert agent.call("polis_account")["pack_tokens_remaining"] == 1000


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_the_first_press_of_tab_offers_to_skip_to_the_content(page):
    page.goto("/docs")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


def test_a_page_asks_nobody_but_us(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/dev/components", wait_until="networkidle")
    assert {url for url in asked if not url.startswith(site.base)} == set()
    assert {"woff2", "css", "svg"} <= {url.rpartition(".")[2] for url in asked}


def test_both_faces_are_ours(page):
    page.goto("/", wait_until="networkidle")
    faces = page.evaluate(
        "() => [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)"
    )
    assert sorted(face.strip('"') for face in faces) == ["Instrument Sans", "Newsreader"]


@pytest.mark.parametrize("page", [{"viewport": NO_SCRIPT["viewport"]}], indirect=True)
def test_all_pages_of_the_documentation_open_from_a_narrow_page(page):
    page.goto("/docs/errors")
    menu = page.get_by_role("navigation", name="Docs")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="All pages").click()
    expect(menu).to_be_visible()
    assert faults(page) == []
    menu.get_by_role("link", name="Limits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Limits")


def test_a_refusals_address_leads_to_its_heading(page):
    page.goto("/docs/troubleshooting#invalid_client")
    expect(page.get_by_role("heading", name="invalid_client").first).to_be_in_viewport()
