"""Pages stand still while they load: what comes late has had its place from the start."""

import pytest
from playwright.sync_api import expect

from app.docs.catalogue import Catalogue
from tests.browser.test_connecting import _signed_in
from tests.browser.test_every_page import enter

MOST = 0.02  # a fifth of what counts as good
_WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput)
      window.moved.push([entry.value, ...entry.sources.map(({ node }) => node?.nodeName)]);
}).observe({ type: "layout-shift", buffered: true });
"""
_IN_MOTION = """() => {
  const styles = [...document.querySelectorAll("*")].flatMap((each) =>
    [null, "::before", "::after"].map((part) => getComputedStyle(each, part)));
  const named = styles.flatMap((each) => [each.animationName, each.scrollBehavior]);
  return [...new Set(named)].filter((each) => !["none", "auto"].includes(each)).sort();
}"""
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_LETTERED = "() => document.fonts.ready.then(() => null)"
DOCS = [f"/docs/{page.slug}" for page in Catalogue("", dict).pages]
OPEN = ["/", "/pricing", "/status", "/login", "/signup", "/docs/quickstart", "/docs/mcp-tools"]


def sized(width):
    """A tab of this width."""
    return {"viewport": {"width": width, "height": 800}}


def moved(page, path, until="networkidle"):
    """By how much a page moved while it came, and what of it, where that was too much."""
    page.goto(path, wait_until=until)
    page.evaluate(_LETTERED)
    page.evaluate(_DRAWN)
    found = page.evaluate("window.moved")
    return found if sum(each[0] for each in found) > MOST else []


@pytest.mark.parametrize(
    ("page", "paths"),
    [(sized(320), [*OPEN, *DOCS]), (sized(1280), OPEN)],
    indirect=["page"],
    ids=["narrow", "wide"],
)
def test_r18_no_page_moves_while_it_loads(page, paths):
    page.add_init_script(_WATCH)
    assert {path: told for path in paths if (told := moved(page, path))} == {}


@pytest.mark.parametrize("page", [sized(320), sized(1280)], indirect=True, ids=["narrow", "wide"])
def test_r18_no_page_of_the_dashboard_moves_while_it_loads(page, site):
    paths, found = enter(page, site), {}
    page.add_init_script(_WATCH)
    for rule, path in paths.items():
        # What a page asks for again comes seconds later; nothing else of these comes after it.
        if told := moved(page, path, until="load"):
            found[rule] = told
        assert page.url == f"{site.base}{path}"
    assert found == {}


def test_whoever_wants_no_motion_sees_none_even_of_what_runs(page, site):
    agent = site.as_(_signed_in(site, page))
    run_id = site.complete_run(agent)
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    page.goto(f"/app/runs/{asked['thread_id']}")
    expect(page.locator(".is-live")).to_be_visible()
    assert page.evaluate(_IN_MOTION) == ["smooth", "turn"]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(_IN_MOTION) == []


def test_a_page_that_moves_is_told(page):
    page.add_init_script(_WATCH)
    page.goto("/docs/quickstart")
    page.evaluate("document.querySelector('article').style.marginTop = '400px'")
    page.evaluate(_DRAWN)
    page.wait_for_function("window.moved.length > 0")
    assert page.evaluate("window.moved")[0][0] > MOST
