"""The page of a run in a real browser: the shipped engine reads, a person asks, shares and prints."""

import re
from dataclasses import replace
from functools import cache
from threading import Thread

import pytest
from playwright.sync_api import expect

from app.adapters import engines
from app.domain.runs import progress, turns
from app.kit import clock
from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS
from tests.factories import member
from tests.fakes import work_off

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = (
    "Introducing our revolutionary, world-class platform. We are thrilled to announce synergy.\n\n"
    "Our price will be shown at your next renewal. No action is needed. Sign up today."
)


@pytest.fixture
def real(site):
    """What the shipped engine does with all that waits."""
    services = replace(site.services, engine=cache(lambda: engines.build("embedded")))
    return lambda: work_off(services)


@pytest.fixture
def agent(site, page):
    """The agent of whoever this browser is signed in as."""
    who = member(site.services, verified=True, tokens=5000)
    site.organizations.append(who.organization_id)
    _signed_in(site, page, who)
    return site.as_(who)


def _run(site, agent, real, **more):
    facts = {"content_type": "text", "content": TEXT, "persona_count": 60, "label": "Launch"}
    run_id = agent.call("polis_test", **facts | more)["run_id"]
    real()
    return run_id


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_a_report_is_read_asked_rewritten_shared_and_deleted_without_script(
    page, site, agent, real
):
    run_id = _run(site, agent, real)
    page.goto(f"/app/runs/{run_id}")
    expect(page.get_by_role("heading", name="What got in the way")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)  # nothing that needs script
    page.get_by_text("Result", exact=True).click()
    expect(page.locator("#rewritten")).to_be_visible()

    page.get_by_label("Segment", exact=True).select_option("1")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"segment=1"))
    page.locator("article.person").get_by_role("link", name="Ask").first.click()
    expect(page.get_by_label("To", exact=True)).to_have_value(re.compile("persona:p"))
    page.get_by_label("Your question").fill("What would change your mind?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("0 of 1 have answered")).to_be_visible()
    real()
    page.get_by_role("link", name="Reload").click()
    expect(page.locator(".thread .voice")).to_have_count(1)
    page.get_by_label("The next question").fill("And the price?")
    page.get_by_role("button", name="Ask", exact=True).click()
    real()
    page.reload()
    expect(page.locator(".thread .voice")).to_have_count(2)

    page.get_by_role("link", name="Launch").click()
    page.get_by_role("button", name="Test it").click()
    expect(page.get_by_text("90 tokens held", exact=True)).to_be_visible()
    page.get_by_role("button", name="Cancel, 90 tokens back").click()
    expect(page.get_by_text("Nobody had answered yet")).to_be_visible()

    page.goto(f"/app/runs/{run_id}")
    page.get_by_label("It works for").select_option("7")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#link").inner_text()
    stranger = page.context.browser.new_context(base_url=site.base).new_page()
    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Launch")
    assert stranger.locator("form[method=post]").count() == 0
    page.goto("/app/shares")
    page.get_by_role("button", name="Revoke").click()
    assert stranger.goto(link).status == 404
    stranger.context.close()

    page.goto(f"/app/runs/{run_id}")
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    assert page.goto(f"/app/runs/{run_id}").status == 404


def test_with_script_the_page_follows_a_run_to_its_report_by_itself(page, site, agent, real):
    facts = {"content_type": "text", "content": TEXT, "persona_count": 100}
    run_id = agent.call("polis_test", **facts)["run_id"]
    page.goto(f"/app/runs/{run_id}")
    expect(page.get_by_role("status")).to_contain_text("0 of 100 people")
    engine = engines.build("embedded")
    with site.services.transaction() as session:
        work = progress.work_left(session, run_id, 0, clock.now())
    reactions = engine.react(engine.plan(work.request), work.seats)
    with site.services.transaction() as session:
        progress.record(session, run_id, 0, reactions, clock.now())
    expect(page.get_by_role("status")).to_contain_text("50 of 100 people", timeout=20_000)
    expect(page.locator("article.person")).to_have_count(6)
    working = Thread(target=real)
    working.start()
    expect(page.locator(".verdict")).to_be_visible(timeout=30_000)
    working.join()


def test_who_hears_the_page_is_told_once_how_a_question_ended(page, site, agent, real):
    run_id = _run(site, agent, real, persona_count=10)
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    page.goto(f"/app/runs/{asked['thread_id']}")
    ended = page.locator("#ended")
    expect(ended).to_be_empty()
    ended.evaluate("(its) => { window.its = its; }")
    real()
    expect(ended).to_have_text("10 of 10 have answered.", timeout=20_000)
    assert ended.evaluate("(its) => its === window.its")  # what is put in place anew is not heard
    assert faults(page) == []


@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 800}}], indirect=True)
def test_a_comparison_fills_in_by_itself_and_says_who_read_which_version(page, site, agent):
    texts = [{"content": TEXT}, {"content": "Our price stays."}]
    begun = agent.call(
        "polis_compare", content_type="text", variants=texts, persona_count=60, detail="deep"
    )
    page.goto(f"/app/runs/{begun['compare_id']}")
    expect(page.locator("article.person")).to_have_count(0)
    engine = engines.build("embedded")
    for one in begun["runs"]:
        with site.services.transaction() as session:
            work = progress.work_left(session, one["run_id"], 0, clock.now())
        reactions = engine.react(engine.plan(work.request), work.seats)
        with site.services.transaction() as session:
            progress.record(session, one["run_id"], 0, reactions, clock.now())
    expect(page.get_by_text("Version B")).to_have_count(3, timeout=20_000)
    expect(page.get_by_text("Version A")).to_have_count(3)
    assert faults(page) == []


def test_a_report_is_copied_as_markdown_with_a_click(page, site, agent, real):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/app/runs/{_run(site, agent, real)}")
    page.locator("summary", has_text="Share").click()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Report run")


def test_in_print_the_report_stands_alone(page, site, agent, real):
    page.goto(f"/app/runs/{_run(site, agent, real)}")
    around = [page.locator(each) for each in (".side", ".subnav", "#ask form", "#more")]
    for each in around:
        expect(each).to_be_visible()
    page.emulate_media(media="print")
    for each in around:
        expect(each).to_be_hidden()
    for there in (
        page.locator(".verdict"),
        page.locator("#room svg.room"),
        page.locator(".proof").first,
    ):
        expect(there).to_be_visible()


def _polled_to_its_end(page):
    """A page that waits goes on by itself: who goes elsewhere just then is cut off."""
    expect(page.locator(":is(#progress, #answers)[hx-trigger]")).to_have_count(0)
    page.wait_for_load_state()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_of_a_run_have_no_fault_at_any_width_in_any_light(page, site, agent, real):
    found = {}

    def look(name, path=""):
        if path:
            page.goto(path)
        found[name] = faults(page)

    run_id = _run(site, agent, real, content=f"{TEXT} {LONG}", label=LONG, audience=LONG, detail="deep",
                  persona_count=20)  # fmt: skip
    thread = agent.call("polis_ask", run_id=run_id, target="panel", question=f"Why {LONG}?")[
        "thread_id"
    ]
    look("conversation, waiting", f"/app/runs/{thread}")
    real()
    _polled_to_its_end(page)
    look("conversation")
    page.get_by_role("button", name="Ask").click()
    look("conversation, nothing asked")
    variants = [{"content": TEXT, "label": LONG}, {"content": LONG}, {"content": "Hello"}]
    compare_id = agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=20
    )["compare_id"]
    look("comparison, waiting", f"/app/runs/{compare_id}")
    real()
    _polled_to_its_end(page)
    look("comparison")
    look("no link", "/app/shares")
    look("report", f"/app/runs/{run_id}")
    page.get_by_role("button", name="Ask", exact=True).click()
    look("report, nothing asked")
    page.goto(f"/app/runs/{run_id}")
    page.get_by_role("button", name="Make a link").click()
    look("link made")
    look("shared", page.locator("#link").inner_text())
    look("links", "/app/shares")
    look("deletion", f"/app/runs/{run_id}/delete")
    waiting = agent.call("polis_test", content_type="text", content=LONG)["run_id"]
    look("waiting", f"/app/runs/{waiting}")
    with site.services.transaction() as session:
        progress.fail(session, waiting, "engine_unavailable", "The engine was away.", clock.now())
    look("failed", f"/app/runs/{waiting}")
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question=f"Why {LONG}?")
    with site.services.transaction() as session:
        turns.fail_turn(session, asked["thread_id"], 1, "engine_unavailable", LONG, clock.now())
    look("question, failed", f"/app/runs/{asked['thread_id']}")
    page.get_by_role("link", name="Ask again").click()
    expect(page.locator("#question")).to_have_value(f"Why {LONG}?")
    look("report with a question that failed", f"/app/runs/{run_id}")
    faulty = {name: each for name, each in found.items() if each}
    assert not faulty, faulty
