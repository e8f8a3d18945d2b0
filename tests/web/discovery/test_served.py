"""Every document of the table, as a program meets it: its type, its tag, readable from any page."""

import pytest

from app.docs.discovery.table import DOCUMENTS, OTHERS

THERE = [document for document in DOCUMENTS if not document.needs]
PATHS = [(path, document) for document in THERE for path in document.paths]


@pytest.mark.parametrize(("path", "document"), PATHS, ids=lambda each: str(each)[:60])
def test_a_document_is_where_the_table_says_and_is_what_it_says(get, path, document):
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == document.media_type
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in answer.headers
    assert get(f"{path}/").data == answer.data
    again = get(path, If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("other", OTHERS, ids=lambda each: each.path)
def test_what_other_views_answer_is_there_too(get, other):
    answer = get(other.path)
    assert answer.status_code == 200
    assert answer.mimetype == other.media_type


def test_a_document_this_installation_has_no_facts_for_is_not_there(get):
    assert [get(each.path).status_code for each in DOCUMENTS if each.needs] == [404]


def test_a_name_of_this_machine_is_told_documents_that_speak_of_it(polis):
    http = polis.app.test_client()
    for path in (
        "/mcp/server-card",
        "/openapi.json",
        "/.well-known/ai-catalog.json",
        "/robots.txt",
    ):
        text = http.get(path, base_url="http://localhost:8000").text
        assert "http://localhost:8000/" in text
        assert "127.0.0.1" not in text
