"""A comparison says who wins and how sure that is, or plainly that it cannot be said."""

import re

import pytest

from app.models.runs import Comparison, Run
from tests.web.account.counted import counting
from tests.web.runs.conftest import someone

TEXTS = (
    "Our app now works without a connection. Open it on the train, fix what you see, done.",
    "AMAZING NEWS!!! The most revolutionary, world-class synergy platform ever. Act now!",
    "Works offline since May; 212 teams use it daily. Try it free for 14 days: example.com/offline",
)


@pytest.fixture
def compared(real):
    reader = someone(real)
    begun = reader.agent.call(
        "polis_compare", content_type="tweet", variants=[{"content": each} for each in TEXTS],
        persona_count=40, detail="standard", label="Three ways",
    )  # fmt: skip
    real.work_off()
    return reader, begun


def test_the_page_says_the_verdict_and_every_figure_with_its_range(compared):
    reader, begun = compared
    page = reader.open(f"/app/runs/{begun['compare_id']}").text
    result = reader.agent.call("polis_report", run_id=begun["compare_id"])["result"]
    assert f'<p class="verdict">{result["verdict"]}</p>' in page
    for letter in "ABC":
        assert f"Like {letter} best" in page
    assert page.count("Open its report") == 3
    for one in begun["runs"]:
        assert f'href="/app/runs/{one["run_id"]}"' in page
    assert len(re.findall(r'data-label="Against A">[+0-][\d.]+<span class="sub">', page)) == 2
    assert ("preferred</span>" in page) == (result.get("winner_run_id") is not None)


def test_a_report_of_a_version_leads_back_to_the_comparison(compared):
    reader, begun = compared
    page = reader.open(f"/app/runs/{begun['runs'][0]['run_id']}").text
    assert f'<a href="/app/runs/{begun["compare_id"]}">Comparison</a>' in page


def test_too_close_is_said_plainly(polis, reader):
    compare_id = polis.complete_comparison(reader.agent)["compare_id"]
    page = reader.open(f"/app/runs/{compare_id}").text
    assert '<p class="verdict">Too close to call.</p>' in page
    assert "the panel does not tell them apart" in page
    assert "preferred</span>" not in page


def test_while_it_runs_it_can_be_stopped_as_a_whole(polis, reader):
    variants = [{"content": "Hello"}, {"content": "Good evening"}]
    begun = reader.agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=10
    )
    compare_id = begun["compare_id"]
    page = reader.open(f"/app/runs/{compare_id}").text
    assert "Cancel, 30 tokens back" in page
    part = reader.part(f"/app/runs/{compare_id}").text
    assert part.lstrip().startswith('<div id="progress"')
    version = reader.open(f"/app/runs/{begun['runs'][0]['run_id']}").text
    assert "Cancel," not in version
    assert f"/app/runs/{compare_id}" in version
    reader.open(f"/app/runs/{compare_id}")
    reader.send(f"/app/runs/{compare_id}/cancel")
    assert "30 of 30 tokens came back." in reader.open(f"/app/runs/{compare_id}").text
    over = reader.part(f"/app/runs/{compare_id}")
    assert over.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("code", "ours"), [("engine_unavailable", True), ("content_refused", False)]
)
def test_one_that_failed_says_whose_fault_it_was_and_what_came_back(polis, reader, code, ours):
    begun = polis.complete_comparison(reader.agent)
    with polis.services.transaction() as session:
        comparison = session.get_one(Comparison, begun["compare_id"])
        comparison.status, comparison.result = "failed", None
        for one in begun["runs"]:
            run = session.get_one(Run, one["run_id"])
            run.status, run.failure_code, run.failure_message = (
                "failed",
                code,
                "Away.",
            )
    page = reader.open(f"/app/runs/{begun['compare_id']}").text
    assert "The comparison could not be finished." in page
    assert "Away." in page
    assert ("This is ours" in page) == ours


def test_it_takes_few_statements_however_many_versions_there_are(compared):
    reader, begun = compared
    with counting(reader.polis.services.database) as work:
        reader.open(f"/app/runs/{begun['compare_id']}")
    assert len(work.statements) <= 12, work.statements
