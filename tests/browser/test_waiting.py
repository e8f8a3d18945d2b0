"""What takes a while is seen to be awaited, what had no answer is said, and both end."""

import re
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.looks import faults
from tests.browser.test_billing import _subscribed
from tests.browser.test_connecting import _signed_in
from tests.browser.test_pages import LOOKS
from tests.factories import member

BUSY = re.compile("true")


@pytest.fixture
def who(site, page):
    return _signed_in(site, page, member(site.services, verified=True, tokens=2000))


@contextmanager
def _held(page, path):
    """Requests for a path are answered when this ends."""
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route(path, hold)
    yield
    for route in waiting:
        with suppress(Error):  # the browser gave it up for a later one
            route.continue_()
    page.unroute(path)


_OBSERVED = """() => {
  const tell = ({ target }) => target.ariaBusy && window.becameBusy(target.id || target.className);
  const observer = new MutationObserver((all) => all.forEach(tell));
  observer.observe(document.body, { subtree: true, attributeFilter: ["aria-busy"] });
}"""


def _left(page, path, expected):
    """The next page under a path comes once all of these show that it is awaited."""
    seen, waiting = set(), []

    def let_go():
        if seen >= expected and waiting:
            waiting.pop().continue_()

    def became_busy(name):
        seen.add(name)
        let_go()

    def hold(route):
        waiting.append(route)
        let_go()

    page.expose_function("becameBusy", became_busy)
    page.route(path, hold)
    page.evaluate(_OBSERVED)


@contextmanager
def _failing(page, path, complaints):
    """Every request for a path ends in an error that somebody between here and there made."""
    page.route(path, lambda route: route.fulfill(status=502, body="Bad gateway"))
    yield
    page.unroute(path)
    assert complaints
    assert [each for each in complaints if "status of 502" not in each] == []
    complaints.clear()


def _busy(place):
    expect(place).to_have_attribute("aria-busy", "true")


def _calm(place):
    expect(place).not_to_have_attribute("aria-busy", BUSY)


def test_the_palette_shows_that_it_looks_things_up(page, site, who):
    page.goto("/app/check")
    found = page.locator("#palette-list")
    with _held(page, "**/app/search*"):
        page.keyboard.press("Control+k")
        _busy(found)
    expect(found.get_by_role("option").first).to_be_visible()
    _calm(found)


def test_a_palette_without_an_answer_says_so_and_enter_leads_to_the_page(
    page, site, who, complaints
):
    page.goto("/app/check")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Pages, actions and runs")
    options = page.locator("#palette-list").get_by_role("option")
    expect(options.first).to_be_visible()
    sentence = page.get_by_text("Nothing could be looked up.")
    with _failing(page, "**/app/search*", complaints):
        field.fill("audience")
        expect(sentence).to_be_visible()
        expect(options).to_have_count(0)
    field.fill("audiences")
    expect(options).to_have_count(1)
    expect(sentence).to_be_hidden()
    with _failing(page, "**/app/search*", complaints):
        field.fill("new test")
        expect(sentence).to_be_visible()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("main").get_by_role("link", name="New test")).to_be_visible()


def test_a_price_that_is_reckoned_leaves_no_old_one_to_be_read(page, site, who):
    page.goto("/app/new")
    with _held(page, "**/app/new"):
        page.get_by_label("People").fill("40")
        for place in ("#price", "#panel"):
            _busy(page.locator(place))
        expect(page.locator("#price > *").first).to_be_hidden()
    expect(page.locator("#price")).to_contain_text("60 tokens")
    for place in ("#price", "#panel"):
        _calm(page.locator(place))


def test_a_quick_price_shows_no_waiting(page, site, who):
    page.goto("/app/new")
    page.evaluate("""() => {
      window.shown = 0;
      const seen = (all) => all.forEach((each) => each.target.ariaBusy && window.shown++);
      new MutationObserver(seen).observe(document.querySelector("#price"), {attributes: true});
    }""")
    page.route("**/app/new", lambda route: route.fulfill(status=200, body="<p>60 tokens</p>"))
    page.get_by_label("People").fill("40")
    expect(page.locator("#price")).to_have_text("60 tokens")
    assert page.evaluate("window.shown") == 0


def test_a_price_without_an_answer_says_so_and_is_asked_for_by_a_button(
    page, site, who, complaints
):
    page.goto("/app/new")
    old = page.get_by_text("This price is not up to date.")
    with _failing(page, "**/app/new", complaints):
        page.get_by_label("People").fill("40")
        expect(old).to_be_visible()
    page.get_by_role("button", name="Estimate").click()
    expect(page.locator("#price")).to_contain_text("60 tokens")
    expect(old).to_be_hidden()


def test_what_a_cap_would_mean_is_awaited_and_missed(page, site, complaints):
    _subscribed(site, page)
    page.goto("/app/billing")
    told = page.locator("#cap-h")
    with _held(page, "**/app/billing/cap*"):
        page.get_by_label("Overage may cost at most").fill("35")
        _busy(told)
    expect(told).to_contain_text("At $35.00, tests stop after 7,000 tokens")
    _calm(told)
    old = page.get_by_text("What this cap would mean is not up to date.")
    with _failing(page, "**/app/billing/cap*", complaints):
        page.get_by_label("Overage may cost at most").fill("36")
        expect(old).to_be_visible()
    page.get_by_label("Overage may cost at most").fill("37")
    expect(told).to_contain_text("At $37.00")
    expect(old).to_be_hidden()


def test_a_list_that_is_narrowed_and_the_button_pressed_show_it(page, site, who):
    site.complete_run(site.as_(who), label="Spring launch")
    page.goto("/app/runs")
    _left(page, "**/app/runs?*", {"holder mt-s", "btn"})
    page.get_by_label("State").select_option("complete")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/app/runs?*state=complete*")
    expect(page.get_by_role("link", name="Spring launch")).to_be_visible()
    page.go_back()
    _calm(page.locator(".holder"))
    _calm(page.get_by_role("button", name="Filter"))


def test_a_call_from_the_playground_shows_that_it_is_awaited(page, site, who):
    page.goto("/app/playground?tool=polis_account")
    page.get_by_role("button", name="Call", exact=True).click()
    answer = page.get_by_label("Answer as JSON")
    expect(answer).to_be_visible()
    _left(page, "**/app/playground*", {"answered", "btn btn-primary"})
    page.get_by_role("button", name="Call", exact=True).click()
    expect(answer).to_be_visible()
    _calm(page.get_by_role("button", name="Call", exact=True))


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_what_had_no_answer_has_no_fault_at_any_width_in_any_light(page, site, who, complaints):
    found = {}
    page.goto("/app/new")
    with _failing(page, "**/app/*", complaints):
        page.get_by_label("People").fill("40")
        expect(page.get_by_text("This price is not up to date.")).to_be_visible()
        found["price"] = faults(page)
        page.keyboard.press("Control+k")
        expect(page.get_by_text("Nothing could be looked up.")).to_be_visible()
        found["palette"] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
