"""Signing up and in, in a real browser: without any script, narrow and wide, light and dark."""

import re

import pytest
from playwright.sync_api import expect

from app.domain import accounts, keys
from app.kit import clock, ids
from tests.browser.looks import THEMES, WIDTHS, faults
from tests.fakes import work_off

PASSWORD = "seven paper boats in harbour"
NO_SCRIPT = [pytest.param({"java_script_enabled": False}, id="no-script")]
LOOKS = [
    pytest.param({"viewport": {"width": width, "height": 800}, "color_scheme": theme}, id=f"{width}-{theme}")
    for width in WIDTHS for theme in THEMES
]  # fmt: skip


def sign_up(page, site, email):
    """From the form to the button of the mailed link."""
    page.goto("/signup")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("button:has-text('Create an account')")
    open_link(page, site)


def open_link(page, site):
    work_off(site.services)
    page.click("text=Open the mailbox")
    page.locator("a[href*='/link/']").first.click()


def make_key(site, email):
    with site.services.transaction() as session:
        who = accounts.find(session, email)
        keys.create(
            session, who.organization_id, user_id=who.user_id, name="Claude Code", now=clock.now()
        )


@pytest.mark.parametrize("page", NO_SCRIPT, indirect=True)
def test_one_signs_up_out_and_in_and_resets_without_any_script(page, site):
    email = f"{ids.new('p')}@example.com"
    sign_up(page, site, email)
    page.click("button:has-text('Confirm')")
    page.get_by_role("heading", name="Overview").wait_for()
    page.click("button:has-text('Sign out')")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text(email).first.wait_for()
    page.goto("/forgot")
    page.click("button:has-text('Send the link')")
    open_link(page, site)
    page.fill("#password", "eleven quiet lighthouse keepers")
    page.click("button:has-text('Keep')")
    assert re.fullmatch(r".*/app/", page.url)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_pages_on_the_way_have_no_fault(page, site):
    email = f"{ids.new('p')}@example.com"
    found = {}
    sign_up(page, site, email)
    found["verify"] = faults(page)
    page.click("button:has-text('Confirm')")
    found["home"] = faults(page)
    page.goto("/login?again=1")
    found["again"] = faults(page)
    page.click("button:has-text('Email me')")
    found["sent"] = faults(page)
    open_link(page, site)
    found["sign in"] = faults(page)
    page.goto("/forgot")
    page.click("button:has-text('Send the link')")
    open_link(page, site)
    found["reset"] = faults(page)
    make_key(site, email)
    page.fill("#password", "eleven quiet lighthouse keepers")
    page.click("button:has-text('Keep')")
    page.get_by_role("heading", name="What is still yours?").wait_for()
    found["keep"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_the_first_empty_field_has_the_focus(page, site):
    page.goto("/login")
    expect(page.locator("#email")).to_be_focused()
    page.goto("/signup")
    expect(page.locator("#email")).to_be_focused()
    sign_up(page, site, f"{ids.new('p')}@example.com")
    page.click("button:has-text('Confirm')")
    page.goto("/login?again=1")
    expect(page.locator("#password")).to_be_focused()
