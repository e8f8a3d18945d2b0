"""The page of a run at every moment of its life, and what it never lets a text do."""

import re

import pytest

from app.domain.runs import progress
from app.kit import clock, ids
from app.models.accounts import Membership
from tests.tools.installation import HELLO
from tests.web.account.browser import Visitor
from tests.web.account.counted import counting
from tests.web.runs.conftest import someone

ATTACK = "<script>alert(1)</script> “<img src=x onerror=alert(2)>” {{ 7777*7777 }} \u202egnp.exe"
TEXT = (
    "We are moving our newsletter from every day to once a week, starting Monday. You told us "
    "that five mails a week were too many. Sign up today, it is amazing."
)


def test_a_run_that_waits_says_what_is_held_and_what_would_come_back(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO | {"persona_count": 100})["run_id"]
    page = reader.open(f"/app/runs/{run_id}").text
    assert '<span class="figure">0</span> of 100 people' in page
    assert "150 tokens held" in page
    assert "Cancel, 150 tokens back" in page
    assert 'hx-trigger="load delay:1s, every 8s"' in page


def _half(polis, reader, **more):
    """A run of which one batch of fifty was answered."""
    run_id = reader.agent.call("polis_test", **HELLO | {"persona_count": 100} | more)["run_id"]
    engine = polis.services.engine()
    with polis.services.transaction() as session:
        work = progress.work_left(session, run_id, 0, clock.now())
    reactions = engine.react(work.request, work.seats)
    with polis.services.transaction() as session:
        progress.record(session, run_id, 0, reactions, clock.now())
    return run_id


def test_while_it_runs_the_part_that_changed_shows_who_has_answered(polis, reader):
    run_id = _half(polis, reader)
    part = reader.part(f"/app/runs/{run_id}").text
    assert part.lstrip().startswith('<div id="progress"')
    assert '<progress max="100" value="50"' in part
    assert "Cancel, 75 tokens back" in part
    assert part.count('class="person"') == 6


def test_what_a_cancelled_run_gives_back_is_said_before_and_after(polis, reader):
    run_id = _half(polis, reader)
    assert "75 tokens of 150 come back" in reader.open(f"/app/runs/{run_id}").text
    answer = reader.send(f"/app/runs/{run_id}/cancel")
    assert answer.location == f"/app/runs/{run_id}"
    page = reader.open(answer.location).text
    assert "Cancelled after 50 of 100 people." in page
    assert "75 of 150 tokens came back; 75 paid for those who had answered." in page
    assert page.count('class="person"') == 12
    assert "1\u201312 of 50" in page
    assert reader.send(f"/app/runs/{run_id}/cancel").status_code == 303  # twice changes nothing


def test_one_that_is_over_has_htmx_load_the_whole_page(polis, reader):
    for run_id in (reader.report(), _half(polis, reader)):
        reader.open(f"/app/runs/{run_id}")
        reader.send(f"/app/runs/{run_id}/cancel")
        answer = reader.part(f"/app/runs/{run_id}")
        assert (answer.headers["HX-Refresh"], answer.text) == ("true", "")


def test_a_failed_run_says_whose_fault_it_was_and_what_came_back(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    with polis.services.transaction() as session:
        progress.fail(session, run_id, "engine_unavailable", "The engine was away.", clock.now())
    page = reader.open(f"/app/runs/{run_id}").text
    for told in ("The engine was away.", "This is ours", "All 15 tokens came back.", "/support"):
        assert told in page
    assert 'hx-get="/app/runs' not in page


@pytest.mark.parametrize("code", ["content_refused", "page_too_long", "rate_limited"])
def test_only_what_the_engine_or_a_provider_failed_at_is_called_ours(polis, reader, code):
    run_id = reader.agent.call("polis_test", **HELLO)["run_id"]
    with polis.services.transaction() as session:
        progress.fail(session, run_id, code, "It did not work.", clock.now())
    page = reader.open(f"/app/runs/{run_id}").text
    assert ("This is ours" in page) == (code == "rate_limited")
    assert ("What was sent is the reason" in page) == (code != "rate_limited")


def test_a_run_that_failed_or_was_cancelled_is_started_again_as_it_was(polis, reader):
    run_id = _half(polis, reader, seed=7, label="Twice")
    reader.open(f"/app/runs/{run_id}")
    assert reader.send(f"/app/runs/{run_id}/again").status_code == 409  # it still runs
    reader.send(f"/app/runs/{run_id}/cancel")
    assert "Start it again" in reader.open(f"/app/runs/{run_id}").text
    second = reader.send(f"/app/runs/{run_id}/again").location
    page = reader.open(second).text
    assert second != f"/app/runs/{run_id}"
    assert "<h1>Twice</h1>" in page
    assert "0</span> of 100 people" in page


def test_a_report_says_its_verdict_its_figures_and_their_ranges(real):
    reader = someone(real)
    run_id = reader.report(content=TEXT, persona_count=60, label="Weekly")
    page = reader.open(f"/app/runs/{run_id}").text
    told = reader.agent.call("polis_report", run_id=run_id)
    assert re.search(r'<p class="verdict">[^<]{20,}</p>', page)
    for term in ("Intent", "Trust", "Read on", "Negative"):
        assert re.search(
            rf"<dt>{term}</dt><dd>[\d.]+ <small>[^<]+</small></dd><dd>[\d.]+ to [\d.]+", page
        )
    assert page.count("<circle cx=") >= 60
    for friction in told["report"]["topFriction"]:
        assert f"<b>{friction['severity']}</b>" in page
    assert told["result_digest"] in page
    assert f"{100 * told['audience_confidence']:.0f} % sure whom that means" in page
    assert '<p class="verdict">' in page.partition('id="room"')[0]


def test_each_quote_of_a_friction_leads_to_whoever_said_it(real):
    reader = someone(real)
    run_id = reader.report(content=TEXT, persona_count=60)
    report = reader.agent.call("polis_report", run_id=run_id)["report"]
    said = [each["persona_id"] for one in report["topFriction"] for each in one["evidence"]]
    assert len(set(said)) > 2
    page = reader.open(f"/app/runs/{run_id}").text
    frictions = re.search(r'<section [^>]*id="frictions".*?</section>', page, re.DOTALL)[0]
    led = re.findall(r'</blockquote><p class="who">.*?<a href="([^"]+)">', frictions)
    assert led == [f"?seat={each.removeprefix('p')}#{each}" for each in said]
    for each in set(led):
        there, _, person = each.partition("#")
        assert f'id="{person}"' in reader.open(f"/app/runs/{run_id}{there}").text


def test_a_small_panel_is_said_to_be_one(real):
    reader = someone(real)
    small, large = (reader.report(content=TEXT, persona_count=count) for count in (10, 40))
    assert "Only 10 people read it." in reader.open(f"/app/runs/{small}").text
    assert "people read it." not in reader.open(f"/app/runs/{large}").text


def test_marks_in_the_text_are_its_own_words(real):
    reader = someone(real)
    page = reader.open(f"/app/runs/{reader.report(content=TEXT, persona_count=60)}").text
    marked = re.findall(r"<mark(?: class=\"stuck\")?>([^<]+)", page)
    assert marked
    assert all(each in TEXT for each in marked)


def test_whatever_a_text_a_name_or_a_person_says_is_shown_and_never_run(real):
    reader = someone(real)
    run_id = reader.report(content=f"{TEXT} {ATTACK}", persona_count=20, detail="deep",
                           label="<b>x</b> {{ 7*7 }} \u202egnp", audience="<i>readers</i>")  # fmt: skip
    asked = reader.agent.call("polis_ask", run_id=run_id, target="panel",
                              question="<script>alert(3)</script>\u202e?")  # fmt: skip
    real.work_off()
    for path in (run_id, asked["thread_id"], f"{run_id}/delete"):
        page = reader.open(f"/app/runs/{path}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>x</b>" not in page
        assert "60481729" not in page
        assert "\u202e" not in page


def test_people_are_paged_and_filtered_by_the_address(real):
    reader = someone(real)
    run_id = reader.report(content=TEXT, persona_count=60)
    everybody = reader.open(f"/app/runs/{run_id}").text
    assert "1\u201312 of 60" in everybody
    later = reader.open(f"/app/runs/{run_id}?seat=13").text
    assert 'id="p13"' in later
    assert 'id="p1"' not in later
    assert 'rel="prev" href="?seat=1#people"' in later
    some = reader.open(f"/app/runs/{run_id}?segment=1").text
    people = int(re.search(r"1\u2013\d+ of (\d+)</span><span class=\"row\">", some)[1])
    assert 0 < people < 60
    for rubbish in ("?seat=x", "?seat=99999", "?segment=9", "?seat=-1", "?talks=run_x"):
        assert reader.open(f"/app/runs/{run_id}{rubbish}").status_code == 200


def test_a_page_takes_few_statements_however_much_there_is(real):
    reader = someone(real)
    run_id = reader.report(content=TEXT, persona_count=40)
    for number in range(3):
        reader.agent.call("polis_ask", run_id=run_id, target="panel",
                          question=f"Why {number}?")  # fmt: skip
    real.work_off()
    for path in (f"/app/runs/{run_id}", "/app/shares"):
        with counting(real.services.database) as work:
            reader.open(path)
        assert len(work.statements) <= 12, work.statements


@pytest.mark.parametrize("handle", ["run", "cmp", "thr"])
def test_a_run_of_others_does_not_exist(polis, reader, handle):
    other = someone(polis)
    run_id = other.report()
    theirs = {
        "run": run_id,
        "cmp": polis.complete_comparison(other.agent)["compare_id"],
        "thr": other.agent.call("polis_ask", run_id=run_id, target="panel",
                                question="Why?")["thread_id"],
    }[handle]  # fmt: skip
    reader.open("/app/shares")
    reader.report()
    for path in (theirs, ids.new(handle), f"{handle}_x"):
        for suffix in ("", ".md", ".json", "/delete"):
            assert reader.open(f"/app/runs/{path}{suffix}").status_code == 404, (path, suffix)
        for act in ("cancel", "label", "rewrite", "ask", "delete", "shares"):
            answer = reader.send(f"/app/runs/{path}/{act}", question="x", whom="panel", content="x")
            assert answer.status_code == 404, (path, act)
    assert other.open(f"/app/runs/{theirs}").status_code == 200


def test_whoever_looks_at_another_organization_of_theirs_finds_nothing_here(polis, reader):
    other = someone(polis)
    with polis.services.transaction() as session:
        session.add(Membership(
            organization_id=other.who.organization_id, user_id=reader.who.user_id, role="member",
            created_at=clock.now(),
        ))  # fmt: skip
    theirs = other.report()
    assert reader.open(f"/app/runs/{theirs}").status_code == 404
    reader.open("/app/shares")
    reader.send("/app/organization", organization=other.who.organization_id)
    assert reader.open(f"/app/runs/{theirs}").status_code == 200


def test_a_run_of_a_test_key_has_its_page(polis, reader):
    test = polis.second_key(reader.agent, book="test")
    run_id = polis.complete_run(test)
    page = reader.open(f"/app/runs/{run_id}")
    assert page.status_code == 200
    assert "test book" in page.text


def test_nobody_else_sees_it(polis):
    assert Visitor(polis).open("/app/runs/run_x").location == "/login?next=%2Fapp%2Fruns%2Frun_x"
