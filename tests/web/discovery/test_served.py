"""Every document of the table, as a program meets it: its type, its tag, readable from any page."""

from dataclasses import replace

import pytest

from app.docs.discovery.table import DOCUMENTS, OTHERS
from tests.tools.installation import running

BASE = "http://127.0.0.1:8000"
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
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = get(other.path, If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_the_key_set_is_at_both_of_its_addresses_and_its_head_says_the_same(get, polis):
    plain = get("/.well-known/jwks.json")
    slashed = get("/.well-known/jwks.json/")
    assert (slashed.status_code, slashed.data) == (200, plain.data)
    head = polis.app.test_client().head("/.well-known/jwks.json", base_url=BASE)
    assert (head.status_code, head.data) == (200, b"")
    for each in (slashed, head):
        for name in ("ETag", "Cache-Control", "Content-Type", "Content-Length"):
            assert each.headers[name] == plain.headers[name], name
    assert plain.headers["Cache-Control"] == "public, max-age=3600"


def test_a_document_this_installation_has_no_facts_for_is_not_there(get):
    assert [get(each.path).status_code for each in DOCUMENTS if each.needs] == [404]


def test_the_proof_of_the_domain_is_served_as_it_was_set(polis):
    settings = polis.services.settings.model_copy(update={"openai_apps_challenge": "token-4Xy_1"})
    with running(replace(polis.services, settings=settings)) as proved:
        answer = proved.app.test_client().get(
            "/.well-known/openai-apps-challenge", base_url=settings.base_url
        )
    assert (answer.status_code, answer.text.strip()) == (200, "token-4Xy_1")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize("path", ["/server.json", "/mcp/server-card"])
def test_registries_take_a_description_of_a_hundred_characters(get, path):
    told = get(path).json
    assert 1 <= len(told["description"]) <= 100
    assert 1 <= len(told.get("title", "Polis")) <= 100


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
