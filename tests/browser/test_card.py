"""The report card inside a host of MCP Apps: sandboxed, under the extension's own default policy."""

import json

import pytest

from app.web.mcp.product import card
from tests.browser.looks import THEMES, WIDTHS, faults

POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; media-src 'self' data:; connect-src 'none'"
)
HOST = """<!doctype html><html lang="en"><title>Host</title>
<style>body{margin:0} iframe{border:0;width:100%;height:100vh}</style>
<main><h1 hidden>Host</h1><iframe title="Report" src="/card" sandbox="allow-scripts"></iframe></main>
<script>
const said = [], frame = document.querySelector("iframe");
const post = (message) => frame.contentWindow.postMessage({jsonrpc: "2.0", ...message}, "*");
addEventListener("message", ({data}) => {
  said.push(data);
  if (data.method === "ui/initialize")
    post({id: data.id, result: {protocolVersion: "2026-01-26", hostCapabilities: {openLinks: {}},
      hostInfo: {name: "test", version: "1"}, hostContext: {theme: THEME}}});
  if (data.method === "ui/open-link") post({id: data.id, result: {}});
  if (data.method === "ui/notifications/initialized") {
    post({method: "ui/notifications/tool-input", params: {arguments: {}}});
    post({method: "ui/notifications/tool-result", params: RESULT});
  }
});
</script></html>"""
LABEL = '<img src=x onerror="parent.postMessage(1, `*`)">'


@pytest.fixture(scope="module")
def told(site):
    """What polis_report says of a finished run whose label is an attack."""
    agent = site.agent()
    return agent.call("polis_report", run_id=site.complete_run(agent, label=LABEL))


@pytest.fixture
def shown(page):
    """Show an answer of polis_report on the card; the frame it is shown in."""

    def show(structured, theme="light"):
        result = {"content": [], "structuredContent": structured}
        filled = HOST.replace("RESULT", json.dumps(result).replace("<", "\\u003c"))
        (content,) = card.reading().contents
        page.route("**/host", lambda route: route.fulfill(
            content_type="text/html", body=filled.replace("THEME", json.dumps(theme))))  # fmt: skip
        page.route("**/card", lambda route: route.fulfill(
            content_type="text/html", body=content["text"],
            headers={"Content-Security-Policy": POLICY}))  # fmt: skip
        page.goto("/host")
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", level=1).or_(frame.get_by_text("have reacted")).wait_for()
        return frame

    return show


def test_a_report_is_shown_with_its_frictions_and_their_quotes(shown, told):
    frame = shown(told)
    assert frame.get_by_role("heading", level=1).inner_text() == LABEL
    body = frame.locator("main").inner_text()
    for segment in told["report"]["segments"]:
        assert segment["name"] in body
    for friction in told["report"]["topFriction"]:
        assert friction["point"] in body
        assert all(each["quote"] in body for each in friction["evidence"])
    assert told["report"]["rewrite"]["body"] in body


@pytest.mark.parametrize(
    ("edits", "heading"),
    [
        (["split hard sentences"], "A version they liked better"),
        ([], "A rewrite"),
        (None, "A rewrite"),  # of a report that was kept before edits were told
    ],
)
def test_a_version_is_called_liked_better_only_where_something_was_changed(
    shown, told, edits, heading
):
    report = told["report"] | {"rewrite": told["report"]["rewrite"] | {"edits": edits}}
    frame = shown(told | {"report": report})
    headings = frame.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["How they split", "What costs readers", heading]


def test_a_comparison_names_its_variants_as_its_verdict_does(site, shown):
    agent = site.agent()
    compare_id = site.complete_comparison(agent)["compare_id"]
    told = agent.call("polis_report", run_id=compare_id)
    body = shown(told).locator("main").inner_text()
    assert told["result"]["verdict"] in body
    assert [name for name in ("A", "B", "C") if f"Variant {name}" in body] == ["A", "B"]


def test_the_button_asks_the_host_to_open_the_page_of_the_run(page, shown, told):
    shown(told).get_by_role("button", name="Open in Polis").click()
    page.wait_for_function("said.some((each) => each.method === 'ui/open-link')")
    asked = page.evaluate("said.find((each) => each.method === 'ui/open-link').params.url")
    assert asked == told["dashboard_url"]


def test_the_host_learns_how_high_the_card_is(page, shown, told):
    shown(told)
    page.wait_for_function(
        "said.some((each) => each.method === 'ui/notifications/size-changed'"
        " && each.params.height > 200)"
    )


def test_a_run_under_way_says_how_far_it_is(shown):
    running = {"ready": False, "status": "running", "reactions_done": 3, "reactions_total": 10}
    assert "3 of 10 have reacted" in shown(running).locator("main").inner_text()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_card_has_no_fault_at_any_width_in_any_light(page, shown, told, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    shown(told, theme)
    assert faults(page.frames[1]) == []
