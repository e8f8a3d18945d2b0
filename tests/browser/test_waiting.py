"""What takes a while is seen to be awaited, what had no answer is said, and both end."""

import re
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from playwright.sync_api import Error, expect

from app.domain import ledger
from app.domain.wallets import Wallet
from app.kit import clock, ids
from tests.browser.looks import faults
from tests.browser.test_billing import _subscribed
from tests.browser.test_connecting import _signed_in
from tests.browser.test_pages import LOOKS
from tests.browser.test_team import _owner
from tests.factories import member

BUSY = re.compile("true")
SLOW_MS = 300  # quicker ones show nothing


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
  const isShown = ({ firstElementChild: its }) => its && getComputedStyle(its).visibility === "hidden";
  const tell = ({ target }) =>
    target.ariaBusy && (target.matches("button") || isShown(target)) && window.becameBusy(target.id || target.className);
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


def _runs(site, page, who):
    site.complete_run(site.as_(who), label="Spring launch")
    page.goto("/app/runs")
    page.get_by_label("State").select_option("complete")


def _keys(site, page, who):
    page.goto("/app/keys")


def _webhook(site, page, who):
    page.goto("/app/webhooks")
    page.get_by_label("URL").fill("https://93.184.216.34/polis")
    page.get_by_role("button", name="Create webhook").click()
    page.get_by_role("link", name="I have stored it").click()
    here = page.url
    page.get_by_role("button", name="Send a test event").click()
    page.goto(here)
    page.get_by_role("button", name="Switch off").click()  # nothing is sent to it


def _statement(site, page, who):
    wallet = Wallet(who.organization_id, "live", site.services.settings.payment_mode)
    with site.services.transaction() as session:
        before = clock.now() - timedelta(days=40)
        ledger.grant(session, wallet, "packs", 5, cause=f"test:{ids.new('p')}", now=before)
    page.goto("/app/billing/statement")
    page.get_by_label("Month", exact=True).select_option(index=1)


def _people(site, page, who):
    run_id = site.complete_run(site.as_(who), persona_count=30)
    page.goto(f"/app/runs/{run_id}")
    page.get_by_label("Segment", exact=True).select_option(index=1)


# Where one is, what is pressed there, what shows that it is awaited, and what the next address has.
LISTS = {
    "runs in a state": (_runs, "button", "Filter", {"holder mt-s", "btn"}, "state=complete"),
    "keys that ended": (_keys, "link", "Ended", {"keys-list"}, "show=ended"),
    "deliveries that failed": (_webhook, "link", "Failed", {"deliveries"}, "status=failed"),
    "another month": (_statement, "button", "Show", {"entries", "btn"}, "month="),
    "people of a segment": (_people, "button", "Show", {"persons", "btn"}, "segment=1"),
    "the next people": (_people, "link", "Next", {"persons"}, "seat="),
}


@pytest.mark.parametrize("which", LISTS)
def test_a_list_that_is_narrowed_or_turned_over_and_the_button_pressed_show_it(
    page, site, who, which
):
    come, role, name, awaited, address = LISTS[which]
    come(site, page, who)
    assert faults(page) == []
    _left(page, f"**/*{address}*", awaited)
    page.get_by_role(role, name=name, exact=True).click()
    page.wait_for_url(f"**/*{address}*")
    page.go_back()
    expect(page.locator(".main [aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_people_who_are_awaited_have_no_fault_at_any_width_in_any_light(page, site, who):
    _people(site, page, who)
    page.evaluate("document.querySelector('#persons').ariaBusy = true")
    expect(page.locator("#persons > *").first).to_be_hidden()
    assert faults(page) == []


def test_members_who_are_turned_over_show_it_though_invitations_stand_below(page, site):
    _owner(site, page)
    page.goto("/app/team")
    page.get_by_label("Email").fill("somebody@example.com")
    page.get_by_role("button", name="Send invitation").click()
    page.goto("/app/team?before=")
    expect(page.get_by_role("table", name="Open invitations")).to_be_visible()
    _left(page, "**/app/team", {"members"})
    page.get_by_role("link", name="Newest").click()
    page.wait_for_url("**/app/team")


def test_share_links_that_are_turned_over_show_it(page, site, who):
    page.goto(f"/app/runs/{site.complete_run(site.as_(who))}")
    page.get_by_role("button", name="Make a link").click()
    page.goto("/app/shares?before=x")
    _left(page, "**/app/shares", {"holder mt"})
    page.get_by_role("link", name="Newest").click()
    page.wait_for_url("**/app/shares")


def test_what_is_shown_already_is_not_awaited(page, site, who):
    _people(site, page, who)
    button = page.get_by_role("button", name="Show", exact=True)
    button.click()
    page.wait_for_url("**segment=1#people")
    page.evaluate("window.here = true")
    button.click()
    page.wait_for_timeout(2 * SLOW_MS)
    assert page.evaluate("window.here")
    _calm(page.locator("#persons"))
    _calm(button)


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
