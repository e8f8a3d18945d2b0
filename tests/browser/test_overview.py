"""Overview, runs and usage in a real browser: alive with script, whole without it."""

import re

import pytest
from playwright.sync_api import expect

from app.kit import clock
from tests import oauth
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS
from tests.filling import Owner, fill

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def _filled(site, who, runs=40):
    mode = site.services.settings.payment_mode
    owner = Owner(who.organization_id, who.user_id, (f"key:{who.key_id}",), mode)
    fill(site.services.database, owner, runs, runs * 10, clock.now())


def test_rows_follow_their_runs_and_the_ticks_the_first_call(page, site):
    who = _signed_in(site, page)
    page.goto("/app/")
    expect(page.get_by_text("No call has come yet")).to_be_visible()
    agent = site.as_(who)
    for label in ("Launch thread", "Price announcement"):
        agent.call("polis_test", content_type="text", content="Hi", persona_count=10, label=label)
    site.app.extensions["polis_last_use"].flush()
    expect(page.get_by_text("First call received")).to_be_visible(timeout=30_000)
    page.goto("/app/runs")
    expect(page.get_by_text("0 of 10")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="2 still running")).to_have_count(1)
    site.work_off()
    expect(page.get_by_text("Complete", exact=True)).to_have_count(
        3, timeout=30_000
    )  # one: a filter
    expect(page.locator("#live")).to_have_text("All of these are over")
    page.get_by_label("Choose “Launch thread” to compare").check()
    page.get_by_label("Choose “Price announcement” to compare").check()


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_the_list_is_narrowed_paged_and_chosen_from_without_script(page, site):
    who = _signed_in(site, page)
    _filled(site, who)
    page.goto("/app/")
    page.get_by_role("link", name="All runs").click()
    rows = page.get_by_role("table", name="Runs, newest first").get_by_role("row")
    expect(rows).to_have_count(26)
    page.get_by_role("link", name="Older").click()
    expect(rows).to_have_count(40 - 25 - 2 + 1)  # two comparisons are one row each
    page.get_by_role("link", name="Newer").click()
    expect(rows).to_have_count(26)
    page.get_by_label("State", exact=True).select_option("Failed")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(3)
    expect(page.get_by_label("State", exact=True)).to_have_value("failed")
    page.get_by_label("State", exact=True).select_option("Complete")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose 2 to 5 complete runs")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_label("Search title or text").fill("zebra")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("heading", name="No complete runs hold “zebra”")).to_be_visible()
    page.get_by_role("link", name="Clear filters").click()
    expect(rows).to_have_count(26)


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_overview_runs_and_usage_have_no_fault_at_any_width_in_any_light(page, site):
    who, found = _signed_in(site, page), {}

    def look(name, path):
        page.goto(path)
        for details in page.locator("main details").all():
            details.locator("summary").click()
        found[name] = faults(page)

    for path in ("/app/", "/app/runs", "/app/usage"):
        look(f"empty: {path}", path)
    client = oauth.client(site.services, name=LONG)
    oauth.approved(site.services, who, client, cap=2000)
    _filled(site, who)
    agent = site.as_(who)
    facts = {"content_type": "text", "persona_count": 10}
    agent.call("polis_test", content="x" * 400, **facts)
    agent.call("polis_test", content="Hi", label=LONG, **facts)
    agent.call("polis_compare", variants=[{"content": "Hello"}, {"content": "Hi"}], **facts)
    site.on_plan(agent)
    paths = (
        "/app/", "/app/runs", "/app/runs?q=zebra", "/app/runs/compare?run=x", "/app/usage", "/app/usage?book=test",
    )  # fmt: skip
    for path in paths:
        look(path, path)
    site.work_off()
    look("worked off", "/app/runs")
    assert {name: each for name, each in found.items() if each} == {}
    assert re.search("app/runs", page.url)


@pytest.mark.parametrize("width", [320, 700, 1280])
def test_what_a_run_cost_of_its_estimate_is_read_at_any_width(page, site, width):
    agent = site.as_(_signed_in(site, page))
    for label in ("Stopped", "Running"):
        facts = {"content_type": "text", "content": "Hi", "persona_count": 100, "label": label}
        run_id = agent.call("polis_test", **facts)["run_id"]
        if label == "Stopped":
            agent.call("polis_cancel", run_id=run_id)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/app/runs")
    expect(page.get_by_text("of 150 estimated,")).to_be_visible()
    expect(page.get_by_text("up to 150")).to_be_visible()
    assert faults(page) == []
