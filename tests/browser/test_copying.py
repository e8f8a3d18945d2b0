"""What a button says of its copying: for a moment, and only what is true."""

import pytest
from playwright.sync_api import expect

from app.domain import sessions
from app.kit import clock
from tests.browser.test_connecting import _signed_in

DOCS, DASHBOARD = "/docs/quickstart", "/app/playground"
BOTH = pytest.mark.parametrize("path", [DOCS, DASHBOARD])
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"  # as over http


@pytest.fixture
def copying(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def stand_still(page):
    """Let time pass on the page only as it is told to."""
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)


def copy_button(site, page, path):
    """A page with something to copy, and the first button that does it."""
    if path == DASHBOARD:
        _signed_in(site, page)
    page.goto(path)
    return page.locator("figure.code:visible").first.get_by_role("button")


@BOTH
def test_a_button_pressed_twice_says_copied_and_is_itself_again(site, copying, path):
    copying.clock.install()
    button = copy_button(site, copying, path)
    before = button.text_content()
    stand_still(copying)
    button.click()
    expect(button).to_contain_text("Copied")
    copying.clock.run_for(1900)
    button.click()
    expect(button).to_contain_text("Copied")
    copying.clock.run_for(1900)
    expect(button).to_contain_text("Copied")
    copying.clock.run_for(200)
    expect(button).to_have_text(before)


@BOTH
def test_where_the_browser_lends_no_clipboard_a_person_is_told_to_copy_themselves(site, page, path):
    page.add_init_script(NO_CLIPBOARD)
    button = copy_button(site, page, path)
    button.click()
    expect(button).to_contain_text("Select and copy it yourself")


@pytest.mark.parametrize("fate", [{"status": 503, "body": "Away"}, None], ids=["refused", "cut"])
def test_a_page_that_could_not_be_fetched_is_not_copied(copying, complaints, fate):
    copying.route(
        "**/docs/quickstart.md", lambda route: route.fulfill(**fate) if fate else route.abort()
    )
    copying.goto(DOCS)
    copying.evaluate("navigator.clipboard.writeText('what was there')")
    copying.get_by_role("button", name="Copy page").click()
    expect(copying.get_by_role("button", name="Could not be copied")).to_be_visible()
    assert clipboard(copying) == "what was there"
    assert all("quickstart.md" in each and "Failed to load" in each for each in complaints)
    complaints.clear()


def test_a_sign_in_that_stands_in_for_a_report_is_not_copied(site, copying):
    who = _signed_in(site, copying)
    run_id = site.complete_run(site.as_(who))
    copying.goto(f"/app/runs/{run_id}")
    copying.evaluate("navigator.clipboard.writeText('what was there')")
    with site.services.transaction() as session:
        sessions.end_all(session, who.user_id, clock.now())
    copying.locator("summary", has_text="Share").click()
    copying.get_by_role("button", name="Copy as Markdown").click()
    expect(copying.get_by_role("button", name="Could not be copied")).to_be_visible()
    assert clipboard(copying) == "what was there"


def test_what_only_a_screen_reader_says_of_a_button_stays_unseen_after_copying(site, copying):
    copying.clock.install()
    copy_button(site, copying, DASHBOARD)
    copying.evaluate(
        """document.querySelector("figure.code [data-copy]").insertAdjacentHTML(
        "beforeend", '<span class="sr"> for the terminal</span>')"""
    )
    button = copying.locator("figure.code:visible").first.get_by_role("button")
    stand_still(copying)
    button.click()
    expect(button).to_have_text("Copied")
    copying.clock.run_for(2100)
    expect(button.locator(".sr")).to_have_text(" for the terminal")
