"""A thing is called the same wherever it stands: on its page, in lists, in forms, under a key."""

import re

import pytest

from app.domain.runs import progress
from app.kit import clock
from app.tools import TOOLS
from tests.tools.installation import HELLO
from tests.web.member import said

KINDS = {"text": "plain text", "tweet": "tweet", "linkedin": "LinkedIn post", "markdown": "article"}


@pytest.mark.parametrize(("content_type", "kind"), KINDS.items())
def test_what_was_tested_is_called_on_its_page_and_in_the_list_as_in_the_form(
    reader, content_type, kind
):
    run_id = reader.report(content_type=content_type)
    assert f"<span>{kind}, standard</span>" in reader.open(f"/app/runs/{run_id}").text
    assert f"{kind}, 10 people, standard" in said(reader.open("/app/runs"))
    assert f"<span>{kind[0].upper()}{kind[1:]}</span>" in reader.open("/app/new").text


def _read(polis, run_id):
    """Everybody has answered, and the report is not written yet."""
    with polis.services.transaction() as session:
        work = progress.work_left(session, run_id, 0, clock.now())
    reactions = polis.services.engine().react(work.request, work.seats)
    with polis.services.transaction() as session:
        progress.record(session, run_id, 0, reactions, clock.now())


def test_a_run_whose_report_is_being_written_is_said_to_be_so_everywhere(polis, reader):
    run_id = reader.agent.call("polis_test", **HELLO, label="Spring")["run_id"]
    _read(polis, run_id)
    places = ("/app/runs", "/app/", f"/app/keys/{reader.who.key_id}", "/app/search?q=spring")
    for path in (f"/app/runs/{run_id}", *places):
        assert "Writing the report" in said(reader.open(path)), path


def test_how_far_a_comparison_is_says_the_list_in_the_words_of_its_page(polis, reader):
    variants = [{"content": "Hello"}, {"content": "Good evening"}]
    begun = reader.agent.call(
        "polis_compare", content_type="text", variants=variants, persona_count=10
    )
    for one, state in zip(begun["runs"], ("Reading", "Writing the report"), strict=True):
        _read(polis, one["run_id"])
        for path in (f"/app/runs/{begun['compare_id']}", "/app/runs"):
            assert state in said(reader.open(path)), path


def test_what_people_did_is_called_the_same_in_a_report_and_beside_another(reader):
    first, second = reader.report(), reader.report(content="Another")
    report = said(reader.open(f"/app/runs/{first}"))
    beside = said(reader.open(f"/app/compare?run={first}&run={second}"))
    for did in ("Stayed and read", "Scrolled past", "Clicked through", "Saved it for later"):
        assert did in report
        assert did in beside


def test_a_comparison_without_a_name_is_called_as_in_the_list(polis, reader):
    compare_id = polis.complete_comparison(reader.agent)["compare_id"]
    listed = re.search(
        rf'<a href="/app/runs/{compare_id}">([^<]+)</a>', reader.open("/app/runs").text
    )
    assert f"<h1>{listed[1]}</h1>" in reader.open(f"/app/runs/{compare_id}").text


def test_a_field_takes_as_much_as_the_tool_behind_it(polis, reader):
    run_id = reader.report()
    given = TOOLS["polis_test"].describe()["inputSchema"]["properties"]
    asked = TOOLS["polis_ask"].describe()["inputSchema"]["properties"]["question"]
    text, url, label, audience = (
        given[name]["maxLength"] for name in ("content", "url", "label", "audience")
    )
    fields = {
        "/app/new": {"text": text, "url": url, "label": label, "audience": audience},
        "/app/compare": {"content-0": text, "url-1": url, "label-0": label, "audience": audience},
        "/app/audiences": {"audience": audience},
        f"/app/runs/{run_id}": {"content": text, "question": asked["maxLength"], "label": label},
    }
    for path, wanted in fields.items():
        page = reader.open(path).text
        for name, most in wanted.items():
            assert re.search(rf'name="{name}"[^>]*maxlength="{most}"', page), (path, name)
