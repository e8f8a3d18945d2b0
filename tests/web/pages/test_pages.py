"""Every page: safe headers, our Host, errors with a way on, the documentation in both forms."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.docs.published import facts, published
from tests.tools.agent import Agent
from tests.tools.installation import running

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGES = (
    "/", "/pricing", "/docs", "/docs/overview", "/docs/overview.md", "/app/", "/privacy", "/terms", "/app/runs/run_x",
    "/healthz", "/static/old/app.css", "/nowhere", "/api/nowhere", "/pay/x",
)  # fmt: skip


def _get(polis, path, method="GET", **headers):
    agent = Agent(polis.app, None, path)
    answer = agent.send(b"", method=method, content_type=None, accept="text/html", **headers)
    answer.get_data()
    answer.close()
    return answer


@pytest.mark.parametrize("path", PAGES)
def test_s34_every_answer_has_safe_headers_and_its_id(polis, path):
    answer = _get(polis, path)
    assert HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["X-Request-Id"].startswith("req_")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/pricing", "/docs", "/docs/overview", "/healthz"])
def test_a_page_without_a_form_depends_on_no_cookie(polis, path):
    answer = _get(polis, path, Cookie="polis_form=anything")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


def test_mcp_answers_have_safe_headers_too(polis):
    answer = polis.agent().ask("ping")
    assert HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", PAGES)
def test_s14_no_page_needs_what_its_policy_forbids(polis, path):
    answer = _get(polis, path)
    for forbidden in ("style=", "onclick", "http-equiv", "//fonts", "javascript:"):
        assert forbidden not in answer.text
    ours = re.findall(r'<script src="/static/\w+/\w+\.js" type="module"></script>', answer.text)
    assert answer.text.count("<script") == len(ours)
    allowed = "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert allowed == bool(ours)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/docs/none",
        "/docs/none.md",
        "/pay/x",
        "/static/none",
        "/static/old/none",
        "/static/old/../../base.html",
        "/%00",
        "/\u202e",
        "/docs/..%2f..%2fetc",
        "/a" * 4000,
    ],
)
def test_what_is_not_there_is_said_with_a_way_on(polis, path):
    answer = _get(polis, path)
    assert answer.status_code == 404
    assert "/docs" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


@pytest.mark.parametrize(
    "path", ["/api/nowhere", "/api/", "/api/v1/none", "/api/mcp/x", "/api/mcpx"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_under_api_is_said_in_json(polis, path, method):
    answer = _get(polis, path, method)
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")
    assert answer.json["error"]["request_id"] == answer.headers["X-Request-Id"]
    assert set(answer.json["error"]) == {"code", "message", "hint", "details", "request_id"}
    assert answer.json["error"]["details"] == {}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/docs", {"GET", "HEAD", "OPTIONS"}),
        ("/pay/x", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/api/provision", {"OPTIONS", "POST"}),
    ],
)
def test_a_verb_that_is_not_meant_is_told_those_that_are(polis, path, allowed):
    answer = _get(polis, path, "DELETE")
    assert answer.status_code == 405
    assert {verb.strip() for verb in answer.headers["Allow"].split(",")} == allowed
    if path.startswith("/api/"):
        assert answer.json["error"]["hint"] == f"This address takes {answer.headers['Allow']}."


def test_a_program_that_guesses_an_address_of_the_api_is_told_where_they_are(polis):
    for path in ("/api/no-such-thing", "/api/v1/no-such-tool"):
        answer = _get(polis, path)
        assert answer.status_code == 404
        assert "/openapi.json" in answer.json["error"]["hint"]


def test_the_price_list_has_every_price_and_leads_to_an_account(polis):
    page = _get(polis, "/pricing").text
    told = facts(polis.services.settings)
    assert 'href="/signup"' in page
    for plan in told["plans"]:
        assert all(f">{plan[each]}<" in page for each in ("usd", "included", "overage", "cap"))
    for pack in told["packs"]:
        assert all(f">{pack[each]}<" in page for each in ("usd", "tokens"))
    assert f"{told['visual_times']} times as much" in page


def test_a_fault_of_ours_tells_nothing_but_its_id(polis, capsys, monkeypatch):
    def broken(*_):
        raise RuntimeError("the secret is xyzzy")

    monkeypatch.setitem(polis.app.view_functions, "pages.pricing", broken)
    answer = _get(polis, "/pricing")
    assert answer.status_code == 500
    assert "xyzzy" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_fault_of_the_database_names_no_values(polis):
    with pytest.raises(SQLAlchemyError) as fault, polis.services.database.reading() as session:
        session.execute(text("SELECT :value FROM no_such_table"), {"value": "xyzzy"})
    assert "no_such_table" in str(fault.value)
    assert "xyzzy" not in str(fault.value)


def test_every_documented_page_is_served_in_both_forms(polis):
    index = _get(polis, "/docs").text
    for page in published(polis.services.settings).pages:
        assert f'href="/docs/{page.slug}"' in index
        shown = _get(polis, f"/docs/{page.slug}")
        markdown = _get(polis, f"/docs/{page.slug}.md")
        assert (shown.status_code, markdown.status_code) == (200, 200)
        assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert f"\n# {page.title}\n" in markdown.text
        assert "{{" not in markdown.text + shown.text
        assert "{%" not in markdown.text + shown.text


def test_pages_are_escaped(polis):
    answer = _get(polis, "/nowhere/%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status_code == 404
    assert "<script" not in answer.text


def test_the_dashboards_page_tells_a_stranger_nothing_of_a_run(polis):
    run_id = polis.agent().call("polis_test", content_type="text", content="Hi")["run_id"]
    there = _get(polis, f"/app/runs/{run_id}").text
    assert there.replace(run_id, "") == _get(polis, "/app/runs/run_x").text.replace("run_x", "")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "127.0.0.1:8000.evil.example"])
def test_a_foreign_host_is_misdirected_but_for_health(polis, host):
    assert _get(polis, "/", host=host).status_code == 421
    assert _get(polis, "/healthz", host=host).status_code == 200


def test_https_is_remembered_where_we_are_served_over_it(polis):
    settings = polis.services.settings.model_copy(update={"base_url": "https://polis.example"})
    with running(replace(polis.services, settings=settings)) as secure:
        answer = _get(secure, "/", host="polis.example")
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in _get(polis, "/").headers


def test_where_nothing_is_sold_the_price_pages_say_so_and_the_first_sells_nothing(polis):
    told = "Nothing is sold on this installation"
    for path in ("/pricing", "/docs/pricing", "/docs/pricing.md"):
        assert told not in _get(polis, path).text
    with polis.taking("off") as other:
        for path in ("/pricing", "/docs/pricing", "/docs/pricing.md"):
            assert told in _get(other, path).text
        assert "Starter" not in _get(other, "/pricing").text
