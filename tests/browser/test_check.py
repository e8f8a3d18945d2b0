"""A connector check in a real browser: it follows by itself, or by Reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS


def test_the_page_follows_a_check_by_itself(page, site):
    _signed_in(site, page)
    page.goto("/app/check")
    page.get_by_role("button", name="Run the check").click()
    expect(page.get_by_text("0 of 3 clients are through.")).to_be_visible()
    site.work_off()
    expect(page.get_by_text("All 3 get through.")).to_be_visible()
    expect(page.get_by_role("link", name="Reload")).to_have_count(0)


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_script_it_is_followed_by_reloading(page, site):
    _signed_in(site, page)
    page.goto("/app/check")
    page.get_by_role("button", name="Run the check").click()
    page.get_by_role("link", name="Reload").click()
    expect(page.get_by_text("Running")).to_be_visible()
    site.work_off()
    page.get_by_role("link", name="Reload").click()
    expect(page.get_by_text("All 3 get through.")).to_be_visible()
    page.get_by_text("The client registers itself").first.click()
    expect(page.get_by_text("POST " + site.base + "/api/oauth/register").first).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_checks_have_no_fault_at_any_width_in_any_light(page, site):
    _signed_in(site, page)
    found = {}
    page.goto("/app/check")
    found["none"] = faults(page)
    page.get_by_role("button", name="Run the check").click()
    found["running"] = faults(page)
    site.work_off()
    page.reload()
    for step in page.locator("summary").all():
        if step.is_visible() and "client" in step.inner_text():
            step.click()
    found["done"] = faults(page)
    page.goto("/app/check")
    found["list"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
