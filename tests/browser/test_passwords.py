"""Fields of passwords in a real browser: what is typed can be seen, and what is kept pasted."""

import pytest
from playwright.sync_api import expect

from app.kit import ids
from tests.browser.test_connecting import _signed_in
from tests.browser.test_sign_in import open_link
from tests.factories import member


def _sign_in(site, page):
    page.goto("/login")


def _sign_up(site, page):
    page.goto("/signup")


def _reset(site, page):
    email = f"{ids.new('p')}@example.com"
    member(site.services, email=email, verified=True)
    page.goto("/forgot")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the link").click()
    open_link(page, site)


def _settings(site, page):
    _signed_in(site, page)
    page.goto("/app/settings/password")


everywhere = pytest.mark.parametrize("came", [_sign_in, _sign_up, _reset, _settings])


def _field(page):
    return page.locator("input[name=password]")


@everywhere
def test_a_password_is_shown_for_as_long_as_one_likes_and_caps_lock_is_told(site, page, came):
    came(site, page)
    field = _field(page)
    field.fill("secret words")
    page.get_by_role("button", name="Show password").click()
    assert field.get_attribute("type") == "text"
    expect(field).to_be_focused()
    page.get_by_role("button", name="Show password").click()
    assert field.get_attribute("type") == "password"
    press = """(on) => {
      const event = new KeyboardEvent("keydown", {key: "A", modifierCapsLock: on, bubbles: true});
      document.getElementById("password").dispatchEvent(event); }"""
    page.evaluate(press, arg=True)
    expect(page.get_by_text("Caps Lock is on.")).to_be_visible()
    page.evaluate(press, arg=False)
    expect(page.get_by_text("Caps Lock is on.")).to_have_count(0)


@everywhere
def test_a_password_is_pasted_where_one_is_asked_for(site, page, came):
    came(site, page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('eleven quiet lighthouse keepers')")
    _field(page).focus()
    page.keyboard.press("Control+v")
    expect(_field(page)).to_have_value("eleven quiet lighthouse keepers")
