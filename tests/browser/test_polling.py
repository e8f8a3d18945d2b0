"""Pages that ask again by themselves outlive an error, and lead on when their session has ended."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from app.domain import sessions
from app.kit import clock
from tests.browser.test_connecting import _signed_in
from tests.tools.installation import HELLO

PATHS = {"the list": "/app/runs", "the overview": "/app/", "a run": "/app/runs/{run}"}


@pytest.fixture
def agent(page, site):
    return site.as_(_signed_in(site, page))


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_outlives_an_error_and_goes_on(page, site, agent, path, complaints):
    run = agent.call("polis_test", **HELLO)["run_id"]
    down = "<html><body><h1>Bad gateway</h1></body></html>"  # of a proxy: it says nothing to htmx
    asked = []

    def fail(route):
        if "hx-request" not in route.request.headers:
            return route.continue_()
        asked.append(route.request.url)
        return route.fulfill(status=502, body=down, content_type="text/html")

    page.route("**/app/**", fail)
    with page.expect_response(lambda answer: answer.status == 502):
        page.goto(path.format(run=run))
    expect(page.get_by_text("Bad gateway")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
    stale = page.get_by_text("What changes here by itself is not up to date.")
    expect(stale).to_be_visible()
    page.unroute("**/app/**")
    site.work_off()
    expect(page.locator(".badge.is-live")).to_have_count(0, timeout=30_000)
    expect(page.get_by_text("Hello, world").first).to_be_visible()
    expect(stale).to_be_hidden(timeout=30_000)
    assert [each for each in complaints if "status of 502" not in each] == []
    complaints.clear()


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_in_an_outage_a_page_asks_less_often_than_before(page, site, agent, path, complaints):
    run = agent.call("polis_test", **HELLO)["run_id"]
    page.route("**/app/**", _away)
    page.clock.install(time=0)
    page.clock.pause_at(1)  # from here on time passes where the test lets it
    page.add_init_script(
        "window.asked = []; addEventListener('htmx:before:request', () => asked.push(Date.now()))"
    )
    page.goto(path.format(run=run))
    for _ in range(40):
        page.clock.run_for(1_000)
    asked = sorted(set(page.evaluate("asked")))
    waits = [later - sooner for sooner, later in pairwise([1_000, *asked])]
    assert 3 <= len(waits) <= 7
    assert min(waits[1:]) >= 3 * waits[0]
    page.goto("about:blank")  # whatever is still on its way is heard or given up
    assert [each for each in complaints if "status of 502" not in each] == []
    complaints.clear()


def _away(route):
    """An outage for what asks by itself; whole pages come as ever."""
    if "hx-request" in route.request.headers:
        return route.fulfill(status=502)
    return route.continue_()


def test_whose_session_ended_elsewhere_signs_in_and_comes_back(page, site, agent):
    run = agent.call("polis_test", **HELLO)["run_id"]
    page.goto(f"/app/runs/{run}")
    with site.services.transaction() as session:
        sessions.end_all(session, agent.who.user_id, clock.now())
    page.wait_for_url(re.compile(rf"/login\?next=%2Fapp%2Fruns%2F{run}$"))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_key_that_waits_for_its_first_call_asks_less_and_less_often(page, site, agent):
    page.goto("/app/keys")
    page.get_by_role("textbox", name="Name").fill("ci")
    page.get_by_role("button", name="Create key").click()
    waiting = page.locator("#first-call")
    for turn in (1, 2):
        expect(waiting).to_have_attribute("hx-get", re.compile(rf"turn={turn}$"), timeout=10_000)
    waits = [int(each) for each in re.findall(r"\d+", waiting.get_attribute("hx-trigger"))]
    assert waits[0] >= 2


def test_an_export_that_is_made_becomes_its_download_by_itself(page, site, agent):
    page.goto("/app/settings/organization")
    page.get_by_role("button", name="Make an export").click()
    made = page.locator("#exports")
    expect(made).to_contain_text("Being made")
    site.work_off()
    expect(made.get_by_role("link", name="Download")).to_be_visible(timeout=20_000)
    expect(made).not_to_have_attribute("hx-get", re.compile("."))
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
