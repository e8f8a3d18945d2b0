"""A test from the form: its price before it, its fields kept, one run however often it is pressed."""

import re
from dataclasses import replace

import pytest

from app.domain.rights import Right
from app.domain.runs import progress
from app.kit import clock, ids
from app.models.accounts import Organization
from tests.fakes import PlainEngine
from tests.page_world import OFFER, SENTENCE, html, living_in, world_of
from tests.tools.installation import running
from tests.web.account.counted import counting
from tests.web.member import said, signed_in

TEXT = "Invoices that write themselves, for freelancers."
FILLED = {
    "content_type": "text", "text": TEXT, "persona_count": "20", "detail": "standard",
    "label": "Draft 1", "book": "live",
}  # fmt: skip
PAGE = {"content_type": "url", "url": "https://page.example/"}


def start(someone, **more):
    someone.open("/app/new")
    fields = FILLED | {"form": someone.hidden("form"), "do": "start"} | more
    return someone.send("/app/new", **fields)


def run_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.location.removeprefix("/app/runs/")


def test_what_was_filled_in_is_what_is_run(polis, someone):
    run_id = run_of(start(someone, audience=" sceptical nurses ", seed="7", detail="deep"))
    polis.work_off()
    report = someone.agent().call("polis_report", run_id=run_id)
    assert report["audience"] == "sceptical nurses"
    assert (report["persona_count"], report["detail"], report["label"]) == (20, "deep", "Draft 1")
    assert report["engine"]["seed"] == 7


def test_pressed_twice_it_starts_once_and_changed_it_starts_anew(polis, someone):
    someone.open("/app/new")
    form = someone.hidden("form")
    first = run_of(start(someone, form=form))
    assert run_of(start(someone, form=form)) == first
    assert run_of(start(someone, form=form, text="Another text.")) != first
    account = someone.agent().call("polis_account")
    assert account["pack_tokens_remaining"] + account["trial_tokens_remaining"] == 1300 - 60


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"text": " \r\n "}, ["The text is missing."]),
        ({"persona_count": "5"}, ["The number of people must be at least 10."]),
        ({"persona_count": "many", "text": ""}, ["Write a whole number.", "The text is missing."]),
        ({"persona_count": "1001"}, ["The number of people must be at most 1,000."]),
        ({"text": "x" * 50_001}, ["The text must have at most 50,000 characters."]),
        ({"seed": "x"}, ["Write a whole number."]),
        ({"detail": "all"}, ["Detail must be one of"]),
        ({"content_type": "poem"}, ["The type must be one of"]),
        ({"label": "x" * 81}, ["The label must have at most 80 characters."]),
        ({"audience": "x" * 501}, ["The audience must have at most 500 characters."]),
        (PAGE, ["not known", "Check it, or choose Article and paste its text."]),
        (PAGE | {"url": "http://127.0.0.1/"}, ["Only public http", "Choose Article and paste"]),
        (PAGE | {"url_mode": "visual"}, ["no browser", "Have only its text read, or choose Article"]),
    ],
)  # fmt: skip
def test_what_will_not_do_is_said_beside_its_field_and_kept(polis, someone, fields, sentences):
    with polis.unchanged():
        answer = start(someone, **fields)
    assert answer.status_code == 422
    for sentence in sentences:
        assert answer.text.count(sentence) >= 2, sentence  # in the summary and beside the field
    assert "Draft 1" in answer.text or "label" in fields
    assert not re.search("content_type markdown|url_mode copy|as markdown", answer.text)
    assert someone.hidden("form").startswith("frm_")


@pytest.mark.parametrize("do", ["", "estimate", "nonsense"])
def test_enter_in_a_field_spends_nothing(polis, someone, do):
    with polis.unchanged():
        answer = start(someone, do=do)
    assert answer.status_code == 200
    assert TEXT in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ["30", "1.5 tokens a person", "Trial", "Left afterwards", "1,270"]),
        ({"book": "test"}, ["test tokens", "test tokens 30", "4,970 today"]),
        ({"persona_count": "1000"}, ["200 tokens are missing", "/app/billing"]),
        ({"persona_count": "nobody"}, ["Write a whole number."]),
        ({"text": ""}, ["30", "and the seats fill"]),
    ],
)
def test_the_price_is_told_while_somebody_writes(polis, someone, fields, words):
    someone.open("/app/new")
    with polis.unchanged():
        whole = someone.send("/app/new", **{**FILLED, **fields})
        part = someone.part("/app/new", **{**FILLED, **fields})
    for page in (whole, part):
        assert page.status_code == 200
        for each in words:
            assert each in (page.text if each.startswith("/") else said(page)), each
    assert "<main" not in part.text


def test_overage_says_what_it_adds_and_what_the_cap_still_allows(polis, someone):
    polis.on_plan(someone.agent(), "starter")
    assert "Included 2,500" in said(start(someone, do="", persona_count="1000", detail="deep"))
    for _ in range(2):
        run_of(start(someone, persona_count="1000", detail="deep"))
    asked = said(start(someone, do="", persona_count="1000"))
    assert "Overage 1,200 $6.00" in asked
    assert "of $20.00 this period" in asked


def test_a_refusal_of_the_price_says_what_mends_it(polis, someone):
    with polis.unchanged():
        answer = start(someone, persona_count="1000", detail="deep")
    assert answer.status_code == 402
    assert "1,200 tokens are missing" in said(answer)
    assert 'href="/app/billing"' in answer.text
    assert TEXT in answer.text
    someone.becomes("member")
    assert "Ask an owner for tokens" in start(someone, persona_count="1000", detail="deep").text


def test_who_will_read_is_shown_from_the_seats_themselves(someone):
    page = start(someone, do="", text="An invoice tool for freelancers.").text
    assert "freelancers and consultants" in page
    assert "All 20 seats" in page
    assert "All 200 seats" in start(someone, do="", persona_count="200").text
    assert "The first 200 seats" in start(someone, do="", persona_count="201").text


def test_an_earlier_test_fills_everything_in(polis, someone):
    first = run_of(start(someone, audience="nurses", detail="deep", book="test"))
    page = someone.open(f"/app/new?from={first}").text
    for each in (TEXT, "nurses", 'value="20"', 'value="Draft 1"'):
        assert each in page
    assert re.search(r'value="deep" checked', page)
    assert re.search(r'value="test" selected', page)


@pytest.fixture(scope="module")
def world():
    with world_of({"/": html(OFFER), "/404": html("gone", status=404)}) as living:
        yield living


def at_a_page(polis, email, path):
    """A test of a page from the form, worked off: whoever started it, and its own page."""
    person = signed_in(polis, email)
    page = {"content_type": "url", "url": f"http://site.example{path}", "url_mode": "copy"}
    run_id = run_of(start(person, **page, text="left over from another type", label=""))
    polis.work_off()
    return person, person.open(f"/app/runs/{run_id}")


def test_a_page_is_tested_from_the_form_to_the_report(polis, world, email):
    with living_in(world, polis) as online:
        _, page = at_a_page(online, email, "/")
    assert "http://site.example/" in said(page)
    assert SENTENCE in said(page)
    assert "the beginning of a longer page" not in said(page)


def test_a_page_that_does_not_come_is_said_on_its_run_and_is_tried_again(polis, world, email):
    with living_in(world, polis) as online:
        person, page = at_a_page(online, email, "/404")
        for each in ("The page could not be read.", "answers 404", "All 30 tokens came back"):
            assert each in said(page)
        path = page.request.path
        again = person.send(f"{path}/again", once=person.hidden("once"))
        assert again.status_code == 303, again.text
        assert again.location != path
        online.work_off()
        assert "answers 404" in said(person.open(again.location))


class Headlining(PlainEngine):
    """Finds a headline, and a body to go with it."""

    def synthesise(self, plan, reactions):
        found = super().synthesise(plan, reactions)
        rewrite = {"headline": "A better headline", "body": "A better body.", "rationale": "Both."}
        return replace(found, report=found.report | {"rewrite": rewrite})


def test_its_rewrite_is_offered_whole_to_the_very_same_people(polis, email):
    with running(replace(polis.services, engine=Headlining)) as installation:
        someone = signed_in(installation, email)
        first = run_of(start(someone, text="The headline\n\nThe body."))
        installation.work_off()
        path = f"/app/new?from={first}&rewrite=1"
        assert f'href="{path.replace("&", "&amp;")}"' in someone.open(f"/app/runs/{first}").text
        page = someone.open(path).text
        polis.organizations += installation.forget_organizations()
    assert ">readers</textarea>" in page  # the audience as it was read from the text
    assert "A better headline\n\nA better body.</textarea>" in page


def test_a_report_leads_to_a_test_of_the_same_text_before_others(polis, someone):
    first = run_of(start(someone, audience="nurses"))
    polis.work_off()
    path = f"/app/new?from={first}"
    assert f'href="{path}"' in someone.open(f"/app/runs/{first}").text
    assert TEXT in someone.open(path).text


def test_a_rewrite_of_a_page_is_a_text_as_its_own_report_tests_it(polis, world, email):
    with living_in(world, polis) as online:
        person, report = at_a_page(online, email, "/")
        run_id = report.request.path.rpartition("/")[2]
        page = person.open(f"/app/new?from={run_id}&rewrite=1").text
    assert 'value="markdown" checked' in page
    assert SENTENCE in page
    assert "http://site.example/" not in page


def test_a_run_that_failed_by_what_was_sent_leads_to_where_that_is_changed(polis, someone):
    run_id = run_of(start(someone))
    with polis.services.transaction() as session:
        progress.fail(session, run_id, "content_refused", "It was refused.", clock.now())
    assert f'<a href="/app/new?from={run_id}">' in someone.open(f"/app/runs/{run_id}").text


def test_a_run_of_somebody_else_is_not_there(polis, someone):
    theirs = polis.complete_run(polis.agent())
    for wanted in (theirs, ids.new("run"), "nonsense"):
        assert someone.open(f"/app/new?from={wanted}").status_code == 404


def test_a_page_asks_the_database_little(polis, someone):
    someone.open("/app/new")
    with counting(polis.services.database) as work:
        start(someone, do="")
    per_page = len(work.statements) / 2  # the form is opened and sent
    assert per_page <= 12


def test_it_is_for_whoever_may_run(someone):
    view = someone.polis.app.view_functions["testing.new"]
    assert view.right is Right.RUN
    stranger = type(someone)(someone.polis)
    assert stranger.open("/app/new").location == "/login?next=%2Fapp%2Fnew"


def test_a_suspended_organization_is_told_why_there_is_no_price(polis, someone):
    with polis.services.transaction() as session:
        session.get_one(Organization, someone.organization_id).suspended_at = clock.now()
    page = someone.open("/app/new")
    assert page.status_code == 200
    assert "This organization was suspended" in page.text
    assert start(someone).status_code == 403
