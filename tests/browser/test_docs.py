"""The documentation in a browser: what script makes quicker, and that nothing needs it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reading import clipboard, copying

__all__ = ["copying"]
QUICKSTART = "/docs/quickstart"


def test_code_and_page_are_copied_as_they_stand(site, copying):
    page = copying
    page.goto(QUICKSTART)
    figure = page.locator("figure.code:visible").first
    figure.get_by_role("button", name="Copy").click()
    expect(figure.get_by_text("Copied")).to_be_visible()
    assert clipboard(page) == figure.locator("code").text_content()
    page.get_by_role("button", name="Copy page").click()
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    twin = site.app.test_client().get(f"{QUICKSTART}.md", base_url=site.base).text
    assert clipboard(page) == twin


def test_the_menu_copies_the_address_of_the_endpoint(site, copying):
    page = copying
    page.goto(QUICKSTART)
    page.get_by_text("Open in").click()
    page.get_by_role("button", name="Copy MCP address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == f"{site.base}/mcp"


def test_a_heading_is_linked_to_and_its_address_copied(site, copying):
    page = copying
    page.goto(QUICKSTART)
    page.get_by_role("link", name="Link to: 2. Start it").click()
    heading = page.locator("h2").filter(has_text="2. Start it")
    expect(heading.get_by_text("Copied")).to_be_attached()
    address = f"{site.base}{QUICKSTART}#{heading.get_attribute('id')}"
    assert (clipboard(page), page.url) == (address, address)


def test_a_language_chosen_once_is_shown_everywhere_and_after_a_reload(page):
    page.goto(QUICKSTART)
    groups = page.locator(".tabs").filter(has=page.locator('input[value="MCP"]'))
    assert groups.count() > 2
    groups.first.get_by_text("MCP", exact=True).click()
    for _ in range(2):
        for group in groups.all():
            assert group.locator("input:checked").get_attribute("value") == "MCP"
            assert group.locator(".pane:visible").count() == 1
        page.reload()


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_script_tabs_menu_and_search_work(page):
    page.goto(QUICKSTART)
    group = page.locator(".tabs").filter(has=page.locator('input[value="cURL"]')).first
    assert "curl" in group.locator(".pane:visible code").text_content()
    group.get_by_text("MCP", exact=True).click()
    assert '"name"' in group.locator(".pane:visible code").text_content()
    expect(page.get_by_role("button", name="Copy page")).to_be_hidden()
    page.get_by_text("Open in").click()
    expect(page.get_by_role("link", name="View as Markdown")).to_be_visible()
    page.get_by_role("searchbox", name="Search docs").fill("refresh token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    page.locator("main ol.lines a").first.click()
    assert "/docs/" in page.url


@pytest.mark.parametrize(
    "page",
    [{"viewport": {"width": 320, "height": 700}, "java_script_enabled": False}],
    indirect=True,
)
def test_what_stands_on_a_page_is_folded_above_its_text_where_there_is_no_room_beside_it(page):
    page.goto(QUICKSTART)
    expect(page.locator(".toc")).to_be_hidden()
    beside = [each.get_attribute("href") for each in page.locator(".toc a").all()]
    folded = page.locator(".here a")
    assert [each.get_attribute("href") for each in folded.all()] == beside
    expect(folded.first).to_be_hidden()
    page.get_by_text("On this page").locator("visible=true").click()
    page.get_by_role("link", name="3. Wait", exact=True).click()
    expect(page.locator("h2").filter(has_text="3. Wait")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 700})
    expect(page.locator(".here")).to_be_hidden()
    expect(page.locator(".toc")).to_be_visible()


@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 700}}, {}], indirect=True)
def test_one_key_away_is_the_search(page):
    page.goto(QUICKSTART)
    page.keyboard.press("Control+k")
    field = page.locator("[data-search]")
    expect(field).to_be_focused()
    expect(field).to_be_visible()
    page.keyboard.type("idempotency")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/docs/search\?q=idempotency"))
    expect(page.locator("mark").first).to_be_visible()


def test_the_ways_into_assistants_name_the_page(site, page):
    page.goto("/docs/errors")
    page.get_by_text("Open in").click()
    for name in ("Claude", "ChatGPT"):
        address = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert f"{site.base}/docs/errors.md".replace("/", "%2F").replace(
            ":", "%3A"
        ) in address.replace("/", "%2F").replace("https:%2F%2F", "", 1)
    assert (
        page.get_by_role("link", name="Install in Cursor")
        .get_attribute("href")
        .startswith("cursor://")
    )
    assert (
        page.get_by_role("link", name="Install in VS Code")
        .get_attribute("href")
        .startswith("vscode:")
    )


def test_in_print_a_page_is_its_text_with_all_of_its_code(page, site):
    page.goto(site.base + "/docs/quickstart")
    around = [page.locator(each) for each in (".toc", ".prevnext", ".helped", "[data-copy-page]")]
    for each in around:
        expect(each).to_be_visible()
    assert page.locator(".toc a").count() > 5
    page.emulate_media(media="print")
    for each in (*around, page.locator(".here")):
        expect(each).to_be_hidden()
    panes = page.locator(".tabs > .pane")
    assert panes.count() > 2
    assert [each.is_visible() for each in panes.all()] == [True] * panes.count()
    cut = "each => [...each].filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length"
    assert page.locator("pre").evaluate_all(cut) == 0
