"""The palette: opened by keys or a button, moved through by arrows, left as it was found."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS


def _open(page):
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Pages, actions and runs")
    expect(field).to_be_focused()
    expect(_options(page).first).to_be_visible()
    return field


def _options(page):
    return page.locator("#palette-list").get_by_role("option")


def _active(page):
    """The option assistive technology is told of: the one that is marked, and no other."""
    field = page.get_by_role("combobox", name="Pages, actions and runs")
    marked = page.locator("#palette-list [aria-selected=true]")
    expect(marked).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    return marked


def test_a_page_is_reached_by_keys_alone(page, site):
    _signed_in(site, page)
    page.goto("/app/check")
    field = _open(page)
    expect(_active(page)).to_contain_text("Overview")
    page.keyboard.press("ArrowDown")
    expect(_active(page)).to_contain_text("Runs")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(_active(page)).to_contain_text("Read the docs")
    field.fill("audience")
    expect(_options(page)).to_have_count(1)
    expect(_active(page)).to_contain_text("Save an audience")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved audiences")


def test_keys_pressed_before_the_page_has_settled_are_answered(page, site):
    page.add_init_script(  # htmx starts by a timer without a delay: a busy browser runs it late
        "const timer = setTimeout; window.setTimeout = (act, ms, ...a) => timer(act, ms ?? 1e4, ...a)"
    )
    _signed_in(site, page)
    page.goto("/app/check")
    expect(_open(page)).to_be_focused()


def test_what_is_typed_before_the_first_answer_came_is_answered(page, site):
    who, held = _signed_in(site, page), []
    site.complete_run(site.as_(who), label="Spring launch, 2nd draft")
    page.goto("/app/check")
    page.route("**/app/search*", lambda route: route.continue_() if held else held.append(route))
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Pages, actions and runs").fill("spring launch")
    expect(_options(page)).to_have_count(1)
    with suppress(Error):  # the browser gave it up
        held[0].continue_()
    expect(_active(page)).to_contain_text("Spring launch")


def test_a_run_is_found_by_its_label_and_nothing_is_said_to_be_nothing(page, site):
    who = _signed_in(site, page)
    run_id = site.complete_run(site.as_(who), label="Spring launch, 2nd draft")
    page.goto("/app/check")
    field = _open(page)
    field.fill("spring LAUNCH")
    expect(_options(page)).to_have_count(1)
    expect(_active(page)).to_have_attribute("data-href", f"/app/runs/{run_id}")
    field.fill("no such thing")
    expect(_options(page)).to_have_text(["Nothing is called “no such thing”."])
    assert field.get_attribute("aria-activedescendant") is None


def test_escape_gives_the_focus_back_and_tab_stays_inside(page, site):
    _signed_in(site, page)
    page.goto("/app/check")
    button = page.get_by_role("link", name="Search")
    button.click()
    field = page.get_by_role("combobox", name="Pages, actions and runs")
    expect(field).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('#palette') !== null"
        )
    field.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_question_mark_shows_the_keys_but_not_while_somebody_types(page, site):
    _signed_in(site, page)
    page.goto("/app/new")
    page.get_by_label("Text", exact=True).press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_hidden()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("New test")
    page.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()


def test_two_keys_lead_to_a_place_but_not_while_somebody_types(page, site):
    _signed_in(site, page)
    page.goto("/app/new")
    gone_to = []
    page.on("request", lambda each: gone_to.append(each.url) if each.is_navigation_request() else 0)
    text = page.get_by_label("Text", exact=True)
    text.press_sequentially("gr")
    expect(text).to_have_value("gr")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("g")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("API keys")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Runs")
    assert [each.removeprefix(site.base) for each in gone_to] == ["/app/keys", "/app/runs"]


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_without_script_the_button_is_a_link_to_the_same_search(page, site):
    _signed_in(site, page)
    page.goto("/app/check")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("new test")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="New test").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New test")


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_palette_has_no_fault_at_any_width_in_any_light(page, site):
    who = _signed_in(site, page)
    site.complete_run(site.as_(who), label="Spring " + "x" * 70)
    found = {}
    page.goto("/app/search?q=spring")
    found["page"] = faults(page)
    page.goto("/app/search?q=nothing+at+all")
    found["nothing on the page"] = faults(page)
    field = _open(page)
    found["palette"] = faults(page)
    field.fill("spring")
    expect(_options(page)).to_have_count(1)
    found["found"] = faults(page)
    field.fill("nowhere")
    expect(_options(page)).to_have_text(["Nothing is called “nowhere”."])
    found["nothing"] = faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found["keys"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
