"""What the pages say of being refused is what whoever is refused gets to read."""

import ast
import re

import pytest

from app.docs.facts.refusals import REFUSALS
from app.docs.published import published
from app.domain.fetching import NotFetched
from tests.factories import settings_for
from tests.house.source import sources

# The words of `build-an-app` for what has no status.
OUTAGES = {
    "timeout": "a time-out",
    "unreachable": "no connection, or one that breaks off",
    "redirect": "a redirect",
    "refused_address": "a name that leads into a private network",
}
ENDS = ("bad_address", "content_type", "too_large", "unreadable")


@pytest.fixture
def text(tmp_path):
    docs = published(settings_for("", tmp_path))
    return lambda slug: docs.text(docs.page(slug))


def test_a_refusal_that_knows_how_long_to_wait_says_where_that_is_read(text):
    waits = {code: each for code, each in REFUSALS.items() if "retry_after_s" in repr(each[3:])}
    assert set(waits) == {"rate_limited", "engine_unavailable"}
    silent = [code for code, each in waits.items() if "`details.retry_after_s`" not in each.mend]
    assert silent == []  # a header says it only where the answer's own status does
    assert "`Retry-After`" in REFUSALS["rate_limited"].mend
    again = text("errors").partition("## Repeat safely")[2]
    for status in ("| 429", "| 503 `engine_unavailable` |"):
        assert "`details.retry_after_s`" in again.partition(status)[2].partition("\n")[0], status


def test_all_that_details_may_hold_is_told_on_the_page(text):
    listed = text("errors").partition("What `details` holds:")[2].partition("## ")[0]
    for code, each in REFUSALS.items():
        row = listed.partition(f"| `{code}` |")[2].partition("\n")[0]
        assert bool(row) == bool(each.details or each.sometimes), code
        assert each.sometimes in row, code


def test_the_table_of_descriptions_begins_as_they_do_and_leaves_none_out(text):
    table = text("troubleshooting").partition("| `error_description` begins |")[2]
    begun = re.findall(r"^\| (\w[^|]+?) \|", table.partition("\n\n")[0], re.MULTILINE)
    said = {words for words, _ in _sentences()}
    given = {words for words, is_given in _sentences() if is_given}
    assert len(begun) > 10
    assert [each for each in begun if not any(words.startswith(each) for words in said)] == []
    assert [words for words in given if not words.startswith(tuple(begun))] == []


def test_an_outage_of_a_metadata_document_is_what_its_page_says(text):
    told = re.search(r"While it cannot be fetched \(([^)]+)\)", text("build-an-app"))[1]
    assert {because for because in OUTAGES if not NotFetched(because, "").outage} == set()
    assert {because for because in ENDS if NotFetched(because, "").outage} == set()
    assert {words for words in OUTAGES.values() if words not in told} == set()
    statuses = range(400, 500)
    outages = {each for each in statuses if NotFetched("status", "", status=each).outage}
    assert {int(each) for each in re.findall(r"\b4\d\d\b", told)} == outages
    assert "5xx" in told
    assert all(NotFetched("status", "", status=each).outage for each in range(500, 600))


def _sentences():
    """Every text of the grants' code, and whether it is given as the reason of an invalid_grant."""
    grants = [each for each in sources() if each.path.startswith("app/domain/grants/")]
    reasons = {
        node
        for each in grants
        for name, call in each.calls()
        if name == "invalid_grant"
        for node in ast.walk(call)
    }
    return [
        (node.value, node in reasons)
        for each in grants
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
