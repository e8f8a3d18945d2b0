"""No header of a request decides what an address of ours is, and none of them comes back."""

import pytest

from tests import oauth
from tests.tools.installation import inline, polis, standing
from tests.web.account.browser import BASE, Visitor
from tests.web.account.somebody import somebody
from tests.web.fixtures import email
from tests.web.hostile_names import HOSTILE, MARK, carried
from tests.web.oauth.visitor import address

__all__ = ["email", "inline", "polis", "standing"]

NAMES = [each for each in HOSTILE if "xn--" not in each]  # which this client would read itself
SURFACES = {
    "/.well-known/oauth-authorization-server": 200,
    "/.well-known/openid-configuration": 200,
    "/.well-known/oauth-protected-resource/mcp": 200,
    "/mcp": 401,
    "/start": 200,
    "/oauth/authorize": 303,
    "/app/": 303,
}


def asked(polis, surface, headers):
    """One request to a surface, by somebody with no cookie."""
    path = address(oauth.client(polis.services)) if surface == "/oauth/authorize" else surface
    method = "POST" if surface == "/mcp" else "GET"
    body = {"json": {"jsonrpc": "2.0", "id": 1, "method": "ping"}} if method == "POST" else {}
    http = polis.app.test_client(use_cookies=False)
    return http.open(path, method=method, base_url=BASE, headers=headers, **body)


def said(answer) -> str:
    return f"{answer.status}\n{answer.headers}\n{answer.text}".lower()


def test_there_are_twenty_values_and_each_can_be_recognised():
    assert len(set(NAMES)) >= 20
    assert all(MARK in value.lower() for value in NAMES)


@pytest.mark.parametrize(("surface", "status"), SURFACES.items())
def test_what_proxies_say_appears_nowhere_and_changes_nothing(polis, surface, status):
    for value in NAMES:
        answer = asked(polis, surface, carried(value))
        assert answer.status_code == status, value
        assert MARK not in said(answer), value
        if status == 401:
            assert f'resource_metadata="{BASE}/' in answer.headers["WWW-Authenticate"]
        if status == 303:
            assert answer.headers["Location"].startswith("/login?next=%2F")


@pytest.mark.parametrize("surface", SURFACES)
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(polis, surface):
    for value in NAMES:
        answer = asked(polis, surface, {"Host": value})
        assert answer.status_code == 421, value
        assert MARK not in said(answer), value


def test_no_mail_of_ours_leads_elsewhere(polis, email):
    visitor = Visitor(polis)
    somebody(polis, email)
    before = len(visitor.letters(email))
    visitor.open("/forgot")
    for value in NAMES:
        for headers, status in ((carried(value), 200), ({"Host": value}, 421)):
            form = {"csrf_token": visitor.token, "email": email}
            answer = visitor.http.post("/forgot", data=form, headers=headers, base_url=BASE)
            assert answer.status_code == status, value
            assert MARK not in said(answer), value
    letters = visitor.letters(email)[: -before or None]
    assert len(letters) == len(NAMES)
    for letter in letters:
        assert f"{BASE}/link/" in letter.body
        assert MARK not in f"{letter.subject}\n{letter.body}".lower()
