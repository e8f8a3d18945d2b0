"""What is left of a run whose texts were deleted: what it came to and what it cost, as it was."""

import re

import pytest

from app.domain.runs import progress, refund, texts
from app.kit import clock
from app.models.runs import Run
from tests.tools.installation import HELLO
from tests.web.account.browser import Visitor
from tests.web.member import said
from tests.web.runs.conftest import someone

DELETED = {
    texts.RETENTION: "The text and reactions of this run were deleted by retention.",
    texts.PERSON: "The text and reactions of this run were deleted.",
}


def emptied(polis, *run_ids, by=texts.RETENTION):
    """Their texts go, as when they are older than their organization keeps them."""
    with polis.services.transaction() as session:
        assert texts.delete_of(session, run_ids, by, clock.now()) == len(run_ids)


@pytest.mark.parametrize("by", DELETED)
def test_a_complete_run_says_that_its_texts_were_deleted_and_what_was_paid(polis, reader, by):
    run_id = reader.report(persona_count=100, label="Spring letter")
    emptied(polis, run_id, by=by)
    page = said(reader.open(f"/app/runs/{run_id}"))
    assert DELETED[by] in page
    assert "What it cost is kept: 150 tokens." in page
    for untrue in ("Cancelled", "came back", "nothing was paid", "Start it again", "None"):
        assert untrue not in page
    assert "What was tested" not in page


def test_a_cancelled_run_still_says_how_far_it_was_and_who_was_paid_for(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO | {"persona_count": 100})["run_id"]
    with polis.services.transaction() as session:
        work = progress.work_left(session, run_id, 0, clock.now())
    reactions = polis.services.engine().react(work.request, work.seats)
    with polis.services.transaction() as session:
        progress.record(session, run_id, 0, reactions, clock.now())
    reader.agent.call("polis_cancel", run_id=run_id)
    emptied(polis, run_id)
    page = said(reader.open(f"/app/runs/{run_id}"))
    assert "Cancelled after 50 of 100 people." in page
    assert "75 of 150 tokens came back; 75 paid for those who had answered." in page
    assert DELETED[texts.RETENTION] in page
    assert "Nobody had answered" not in page
    assert "Start it again" not in page


def test_a_failed_run_still_says_what_came_back_and_no_reason_it_lost(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    with polis.services.transaction() as session:
        progress.fail(session, run_id, "content_refused", "It was refused.", clock.now())
    emptied(polis, run_id)
    page = said(reader.open(f"/app/runs/{run_id}"))
    assert "The panel could not be run." in page
    assert "All 15 tokens came back." in page
    assert DELETED[texts.RETENTION] in page
    assert "None" not in page
    assert "start it again" not in page


def test_a_refunded_run_or_comparison_says_so_without_the_words_it_lost(polis, reader):
    run_id, begun = reader.report(), polis.complete_comparison(reader.agent)
    for handle in (run_id, begun["compare_id"]):
        with polis.services.transaction() as session:
            refund.refund(session, handle, clock.now())
    emptied(polis, run_id, *(one["run_id"] for one in begun["runs"]))
    run = said(reader.open(f"/app/runs/{run_id}"))
    assert "This run was refunded. All 15 tokens came back, and its report is gone." in run
    comparison = said(reader.open(f"/app/runs/{begun['compare_id']}"))
    assert "This comparison was refunded. All 30 tokens came back, and its" in comparison
    assert "None" not in run + comparison


def test_its_text_cannot_be_read_again_nor_its_report_be_shared(polis, reader):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    emptied(polis, run_id)
    for act in ("again", "rewrite", "shares"):
        answer = reader.send(f"/app/runs/{run_id}/{act}", content="Hello", days="7")
        assert answer.status_code == 404, act
        assert DELETED[texts.RETENTION] in answer.text


def test_a_link_to_its_report_shows_nothing(polis, reader):
    run_id = reader.report()
    reader.open(f"/app/runs/{run_id}")
    made = reader.send(f"/app/runs/{run_id}/shares", days="30")
    link = re.search(r"(/s/polis_sh_[\w-]{43})</code>", made.text)[1]
    assert Visitor(polis).open(link).status_code == 200
    emptied(polis, run_id)
    assert Visitor(polis).open(link).status_code == 404
    assert "No report has been shared." in reader.open("/app/shares").text


@pytest.fixture
def compared(real):
    reader = someone(real)
    begun = reader.agent.call(
        "polis_compare", content_type="tweet", persona_count=40, detail="snapshot",
        variants=[{"content": "Works offline since May; try it free."}, {"content": "AMAZING!!!"}],
    )  # fmt: skip
    real.work_off()
    return reader, begun


@pytest.mark.parametrize("gone", [1, 2])  # retention may reach one version before the other
def test_a_comparison_keeps_its_verdict_and_invents_no_figure(compared, gone):
    reader, begun = compared
    path = f"/app/runs/{begun['compare_id']}"
    result = reader.agent.call("polis_report", run_id=begun["compare_id"])["result"]
    emptied(reader.polis, *(one["run_id"] for one in begun["runs"][:gone]))
    page = reader.open(path)
    assert f'<p class="verdict">{result["verdict"]}</p>' in page.text
    assert "The texts and reactions of this comparison were deleted by retention." in said(page)
    assert "What it cost is kept: 80 tokens." in said(page)
    assert "Like A best" in page.text
    for untrue in ('data-label="Intent"', 'data-label="Read on"', "Version by version", "of 0"):
        assert untrue not in page.text
    with reader.polis.services.database.reading() as session:
        assert session.get_one(Run, begun["runs"][0]["run_id"]).text_deleted_at is not None
