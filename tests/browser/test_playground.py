"""Tools are called from the browser, with scripts switched off, and its pages have no fault."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS


def _fill(page):
    page.get_by_label("content_type").select_option("tweet")
    page.get_by_label("content (optional)").fill("Hello " + "x" * 120)
    page.get_by_label("persona_count (optional)").fill("10")


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_a_tool_is_chosen_priced_and_called(page, site):
    _signed_in(site, page)
    page.goto("/app/playground")
    page.get_by_role("combobox", name="Tool").select_option("polis_test")
    page.get_by_role("button", name="Choose").click()
    _fill(page)
    page.get_by_role("button", name="See the price").click()
    expect(page.get_by_role("status").filter(has_text="15 test tokens")).to_be_visible()
    page.get_by_role("button", name="Call for 15 tokens").click()
    expect(page.get_by_role("status").filter(has_text="200 OK")).to_be_visible()
    expect(page.get_by_label("Answer as JSON")).to_contain_text('"tokens_charged": 15')


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_playground_has_no_fault_at_any_width_in_any_light(page, site):
    _signed_in(site, page)
    found = {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    for tool in ("polis_account", "polis_compare", "polis_cancel", "polis_test"):
        look(tool, f"/app/playground?tool={tool}")
    page.get_by_label("persona_count (optional)").fill("many")
    page.get_by_role("button", name="See the price").click()
    look("unreadable")
    page.get_by_label("persona_count (optional)").fill("5")
    page.get_by_role("button", name="See the price").click()
    look("refused")
    _fill(page)
    page.get_by_role("button", name="See the price").click()
    look("priced")
    page.get_by_role("button", name="Call for").click()
    look("answered")
    assert {name: each for name, each in found.items() if each} == {}
