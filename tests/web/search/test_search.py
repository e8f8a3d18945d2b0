"""A search finds pages, actions and runs, each as far as a role reaches."""

from urllib.parse import quote

import pytest

from app.models.runs import Run
from tests.web.account.counted import counting
from tests.web.member import said

PATH = "/app/search"


def options(someone, words):
    answer = someone.http.get(
        PATH, base_url=someone.base, query_string={"q": words}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    return answer.text


def test_without_words_every_page_and_action_is_there(someone):
    page = someone.open(PATH)
    for each in ("Overview", "Billing", "Test a text", "Make a key"):
        assert each in said(page)
    assert "<main" in page.text


def test_every_word_has_to_fit(someone):
    assert "Developer apps" in options(someone, "apps dev")
    assert "Nothing is called" in options(someone, "apps nothing")


def test_a_run_is_found_by_its_label(polis, someone):
    mine = polis.complete_run(someone.agent(), label="Spring <launch>")
    polis.complete_run(polis.agent(), label="Spring, somebody else's")
    found = options(someone, "spring")
    assert f"/app/runs/{mine}" in found
    assert "Spring &lt;launch&gt;" in found
    assert "somebody else" not in found
    assert "<main" not in found


def test_a_variant_of_an_open_comparison_is_not_told_as_complete(polis, someone):
    run_id = polis.variant_that_is_done(someone.agent())
    with polis.services.transaction() as session:
        session.get_one(Run, run_id).label = "Half of it"
    assert "Writing the report" in options(someone, "half of it")
    polis.work_off()
    assert "Writing the report" not in options(someone, "half of it")


def test_runs_of_either_book_are_found_and_one_by_the_whole_of_its_id(polis, someone):
    agent = someone.agent()
    live = polis.complete_run(agent, label="Autumn")
    trying = polis.complete_run(polis.second_key(agent, book="test"), label="Autumn, tried out")
    assert [f"/app/runs/{each}" in options(someone, "autumn") for each in (live, trying)] == [
        True
    ] * 2
    assert [f"/app/runs/{each}" in options(someone, live) for each in (live, trying)] == [
        True,
        False,
    ]
    theirs = polis.complete_run(polis.agent())
    assert theirs not in options(someone, theirs).replace(f"“{theirs}”", "")


@pytest.mark.parametrize(("role", "sees"), [("member", False), ("admin", False), ("owner", True)])
def test_a_page_is_found_by_whoever_may_open_it(someone, role, sees):
    someone.becomes(role)
    assert ("/app/billing" in options(someone, "billing")) == sees


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", "\0", "\ud800", "x" * 5000, "<script>"])
def test_whatever_is_searched_for_is_text(someone, words):
    answer = someone.open(f"{PATH}?q={quote(words, errors='surrogatepass')}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_a_search_asks_the_database_little(polis, someone):
    with counting(polis.services.database) as work:
        someone.open(f"{PATH}?q=spring")
    assert len(work.statements) <= 12
