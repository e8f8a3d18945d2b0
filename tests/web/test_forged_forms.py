"""S25: what changes something takes a form of ours or a bearer, never both; from the map of URLs."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from app.web.forms import NO_COOKIE
from tests import oauth
from tests.factories import member
from tests.tools.installation import polis, standing
from tests.web.oauth.visitor import BASE, fields, visitor

__all__ = ["polis", "standing"]

SAFE = {"GET", "HEAD", "OPTIONS"}


def changing(polis) -> Iterator[tuple[str, str]]:
    """Every method and address of the installation that may change something."""
    for rule in polis.app.url_map.iter_rules():
        for method in sorted(rule.methods - SAFE):
            with polis.app.test_request_context():
                facts = dict.fromkeys(rule.arguments, "x")
                yield method, rule.build(facts)[1] if facts else rule.rule


def by_cookie(polis) -> list[tuple[str, str]]:
    return [each for each in changing(polis) if each[1].split("/")[1] not in NO_COOKIE]


def by_bearer(polis) -> list[tuple[str, str]]:
    return [each for each in changing(polis) if each[1].split("/")[1] in NO_COOKIE]


@pytest.fixture
def kim(polis):
    return visitor(polis)


def sent(browser, method, path, form):
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Host": "127.0.0.1:8000"}
    return browser._client({}).open(
        path, method=method, data=urlencode(form), base_url=BASE, headers=kind
    )


def test_s25_no_form_counts_without_the_token_of_its_own_browser(polis, kim, measured):
    other = visitor(polis, kim.who)
    foreign = fields(other.ask(oauth.client(polis.services)))["csrf_token"]
    own = fields(kim.ask(oauth.client(polis.services)))["csrf_token"]
    assert foreign != own
    forged = ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": foreign},
              {"csrf_token": own + "x"}, {"CSRF_TOKEN": own})  # fmt: skip
    found = by_cookie(polis)
    assert {path for _, path in found} >= {
        "/oauth/authorize", "/device", "/app/apps", "/app/", "/login", "/signup", "/forgot",
        "/logout", "/keep", "/link/x", "/report-leak",
    }  # fmt: skip
    counted = []
    for method, path in found:
        for form in forged:
            answer = sent(kim, method, path, {"decision": "approve", **form})
            if answer.status_code != 400 or "not valid any more" not in answer.text:
                counted.append((method, path, form))
    measured("S25", "forms without the token of their own browser", len(found) * len(forged))
    measured("S25", "of those, forms that counted", len(counted))
    assert counted == []
    assert kim.get("/app/").status_code == 200  # nobody was signed out
    assert kim.grants() == []


def test_s25_the_token_in_an_address_counts_for_nothing(polis, kim):
    own = fields(kim.ask(oauth.client(polis.services)))["csrf_token"]
    for method, path in by_cookie(polis):
        answer = sent(kim, method, f"{path}?csrf_token={own}", {})
        assert answer.status_code == 400, (method, path)


def test_s25_a_form_of_its_own_browser_counts(polis, kim):
    page = kim.get("/app/apps")
    assert (
        kim.post("/logout", {"csrf_token": fields(page).get("csrf_token", "")}).status_code == 303
    )


def test_s25_where_bearers_count_a_cookie_changes_nothing(polis, kim):
    stranger = polis.app.test_client(use_cookies=False)
    found = by_bearer(polis)
    assert {path for _, path in found} >= {
        "/api/oauth/token", "/api/oauth/revoke", "/api/oauth/introspect", "/api/oauth/userinfo",
        "/api/oauth/device", "/api/oauth/register/x", "/token", "/register",
    }  # fmt: skip
    for method, path in found:
        if path in {"/register", "/api/oauth/register"}:
            continue  # open to everybody: it asks for no credential at all
        with_cookie = sent(kim, method, path, {"token": "x"})
        without = stranger.open(path, method=method, data={"token": "x"}, base_url=BASE)
        assert with_cookie.status_code == without.status_code, (method, path)
        assert 400 <= with_cookie.status_code < 500, (method, path)
        assert "Set-Cookie" not in with_cookie.headers


@pytest.mark.parametrize("path", ["/mcp", "/api/mcp", "/api/oauth/userinfo"])
def test_s25_a_signed_in_browser_is_a_stranger_to_the_api(kim, path):
    answer = kim._client({}).post(path, json={"jsonrpc": "2.0", "id": 1, "method": "ping"}, base_url=BASE)  # fmt: skip
    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer.headers


def test_s25_a_bearer_is_a_stranger_to_the_pages(polis):
    who = member(polis.services, verified=True)
    token = oauth.tokens(polis.services, who).access_token
    http = polis.app.test_client()
    for secret in (who.key, token):
        for path in ("/app/", "/app/apps", "/device", "/keep"):
            answer = http.get(path, base_url=BASE, headers={"Authorization": f"Bearer {secret}"})
            assert (answer.status_code, answer.location.startswith("/login")) == (303, True), path
