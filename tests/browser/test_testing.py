"""A text is put before a panel from the browser, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from app.kit import ids
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS
from tests.factories import member

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def who(site, page):
    return _signed_in(site, page, member(site.services, verified=True, tokens=2000))


def _price(page):
    return page.locator("#price")


def test_price_and_panel_follow_what_is_written(page, site, who):
    page.goto("/app/new")
    expect(page.get_by_role("button", name="Estimate")).to_be_hidden()
    page.get_by_label("Text", exact=True).fill("An invoice tool for freelancers.")
    expect(page.locator("#panel")).to_contain_text("freelancers and consultants")
    page.get_by_label("People").fill("40")
    expect(_price(page)).to_contain_text("60 tokens")
    page.get_by_label("Deep").check()
    expect(_price(page)).to_contain_text("100 tokens")
    page.get_by_label("Spends").select_option("test")
    expect(_price(page)).to_contain_text("test tokens")
    page.get_by_label("People").fill("7")
    expect(_price(page)).to_contain_text("must be at least 10")
    page.get_by_label("Web page").check()
    expect(page.get_by_label("Text", exact=True)).to_be_hidden()
    expect(page.get_by_label("Address")).to_be_visible()


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_script_it_is_estimated_mended_and_started(page, site, who):
    page.goto("/app/new")
    page.get_by_label("Text", exact=True).fill("An invoice tool for freelancers.")
    page.get_by_label("People").fill("7")
    page.get_by_role("button", name="Start the test").click()
    page.get_by_role("link", name="The number of people must be at least 10.").click()
    page.get_by_label("People").fill("20")
    page.get_by_role("button", name="Estimate").click()
    expect(_price(page)).to_contain_text("30 tokens")
    expect(page.get_by_label("Text", exact=True)).to_have_value("An invoice tool for freelancers.")
    page.get_by_text("Save this audience").click()
    page.get_by_label("Audience", exact=True).fill("night-shift nurses")
    page.get_by_label("Name of the audience").fill("Nurses")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Audience", exact=True)).to_have_value(re.compile("aud_"))
    page.get_by_role("button", name="Start the test").click()
    run_id = page.url.rpartition("/")[2]
    site.work_off()
    agent = site.second_key(site.as_(who))
    assert agent.call("polis_report", run_id=run_id)["audience"] == "night-shift nurses"


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_script_variants_are_added_removed_and_compared(page, site, who):
    page.goto("/app/new")
    page.get_by_role("link", name="Compare variants").click()
    page.get_by_role("button", name="Add a variant").click()
    for number, text in enumerate(("One", "Two", "Three")):
        page.get_by_label("Text", exact=True).nth(number).fill(text)
    page.get_by_role("button", name="Remove variant B").click()
    expect(page.get_by_label("Text", exact=True)).to_have_count(2)
    expect(page.get_by_label("Text", exact=True).nth(1)).to_have_value("Three")
    page.get_by_label("People").fill("10")
    page.get_by_role("button", name="Estimate").click()
    expect(_price(page)).to_contain_text("30 tokens")
    page.get_by_role("button", name="Start the comparison").click()
    assert page.url.rpartition("/")[2].startswith("cmp_")


def test_the_price_of_variants_follows_what_is_written(page, site, who):
    page.goto("/app/compare")
    page.get_by_label("Text", exact=True).first.fill("An invoice tool for freelancers.")
    expect(page.locator("#panel")).to_contain_text("freelancers and consultants")
    page.get_by_label("People").fill("10")
    expect(_price(page)).to_contain_text("2 runs")


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_of_tests_have_no_fault_at_any_width_in_any_light(page, site, who):
    found, agent = {}, site.second_key(site.as_(who))
    runs = [
        site.complete_run(agent, label=label, seed=seed)
        for label, seed in (("Short", 7), (LONG, 8))
    ]

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    look("no audience", "/app/audiences")
    page.get_by_label("Name").fill(LONG)
    page.get_by_label("In words").fill("Everybody " + LONG)
    page.get_by_role("button", name="Save the audience").click()
    look("audiences")
    page.get_by_role("link", name=LONG, exact=True).click()
    look("audience")
    page.get_by_label("Name").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    look("audience without a name")
    look("new", "/app/new")
    page.get_by_label("People").fill("1000")
    page.get_by_label("Deep").check()
    expect(_price(page)).to_contain_text("are missing")
    look("too dear")
    page.get_by_role("button", name="Start the test").click()
    look("new, nothing written")
    page.get_by_label("Text", exact=True).fill("x" * 300)
    page.get_by_role("button", name="Start the test").click()
    look("refused")
    look("again", f"/app/new?from={runs[1]}")
    look("an audience that is gone", f"/app/new?audience={ids.new('aud')}")
    look("compare", "/app/compare")
    look("beside", f"/app/compare?run={runs[0]}&run={runs[1]}")
    page.get_by_role("button", name="Add a variant").click()
    page.get_by_role("button", name="Start the comparison").click()
    look("compare, one not written")
    page.get_by_label("Web page").check()
    page.get_by_label("Address").nth(1).fill("http://127.0.0.1/")
    page.get_by_label("Address").nth(0).fill("https://page.example/")
    page.get_by_label("Address").nth(2).fill("https://page.example/")
    page.get_by_role("button", name="Start the comparison").click()
    look("compare, an address that is not fetched")
    page.get_by_role("link", name="Only public http and https addresses").click()
    expect(page.get_by_label("Address").nth(1)).to_be_focused()
    assert {name: each for name, each in found.items() if each} == {}
