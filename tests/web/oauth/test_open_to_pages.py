"""Which endpoints a web page anywhere may call, refusals included, and which none may."""

import pytest

from app.web import create_app

BASE = "http://127.0.0.1:8000"
OPEN = [
    ("GET", "/.well-known/oauth-protected-resource"),
    ("GET", "/.well-known/oauth-protected-resource/api/mcp"),
    ("GET", "/.well-known/oauth-protected-resource/mcp"),
    ("GET", "/.well-known/oauth-authorization-server"),
    ("GET", "/.well-known/oauth-authorization-server/api/mcp"),
    ("GET", "/.well-known/openid-configuration"),
    ("GET", "/.well-known/openid-configuration/"),
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/.well-known/jwks.json/"),
    ("POST", "/api/oauth/register"),
    ("PUT", "/api/oauth/register/polis_ci_x"),
    ("POST", "/api/oauth/token"),
    ("POST", "/api/oauth/revoke"),
    ("GET", "/api/oauth/userinfo"),
    ("POST", "/register"),
    ("POST", "/token"),
]
SHUT = [
    "/oauth/authorize", "/authorize", "/api/oauth/introspect", "/api/oauth/device", "/login", "/",
    "/api/integrations/github/secret-scanning", "/report-leak", "/webhooks/stripe", "/registered",
]  # fmt: skip
JSON = ["/api/oauth/token", "/token", "/api/oauth/revoke", "/api/oauth/introspect", "/register"]


@pytest.fixture
def http(services):
    return create_app(services).test_client()


@pytest.mark.parametrize(("method", "path"), OPEN)
def test_a_page_reads_the_answer_of_an_open_endpoint_whatever_it_is(http, method, path):
    for asked in (method, "GET", "DELETE"):
        answer = http.open(
            path, method=asked, base_url=BASE, headers={"Origin": "https://x.example"}
        )
        assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"], asked
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(("method", "path"), OPEN)
def test_a_preflight_of_an_open_endpoint_allows_what_clients_send(http, method, path):
    asking = {
        "Origin": "https://x.example", "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type,mcp-protocol-version",
    }  # fmt: skip
    answer = http.options(path, base_url=BASE, headers=asking)
    assert answer.status_code == 204
    assert method in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
    assert set(allowed) == {"authorization", "content-type", "mcp-protocol-version"}
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]


@pytest.mark.parametrize("path", SHUT)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_no_page_reads_anything_else(http, path, method):
    answer = http.open(path, method=method, base_url=BASE, headers={"Origin": "https://x.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", JSON)
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_every_refusal_of_an_endpoint_has_the_one_form(http, path, method):
    answer = http.open(path, method=method, base_url=BASE)
    told = answer.get_json()
    assert 400 <= answer.status_code < 500
    assert told["error_uri"] == f"{BASE}/docs/troubleshooting#{told['error']}"
    assert told["error_description"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.status_code == 405) is ("Allow" in answer.headers)


def test_the_page_refusals_lead_to_explains_every_word_of_them(http):
    page = http.get("/docs/troubleshooting.md", base_url=BASE).text
    for word in ("invalid_client", "invalid_grant", "invalid_redirect_uri", "invalid_target"):
        assert f"## {word}\n" in page
