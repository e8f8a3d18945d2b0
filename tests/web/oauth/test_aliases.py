"""Clients that find no metadata guess `/authorize`, `/token` and `/register` at the root."""

import pytest

from tests import oauth
from tests.web.oauth.visitor import BASE, address, told, visitor


def _post(polis, path, **more):
    return polis.app.test_client().post(path, base_url=BASE, **more)


@pytest.mark.parametrize("path", ["/register", "/api/oauth/register"])
def test_registration_is_the_same_at_both_addresses(polis, path):
    made = _post(polis, path, json={"redirect_uris": [oauth.REDIRECT], "client_name": "Notes"})
    assert (made.status_code, made.json["client_name"]) == (201, "Notes")
    refused = _post(polis, path, json={"redirect_uris": ["http://evil.example/"]})
    assert (refused.status_code, refused.json["error"]) == (400, "invalid_redirect_uri")


def test_a_client_that_guesses_gets_from_registration_to_tokens(polis):
    facts = {"redirect_uris": ["http://127.0.0.1/cb"], "token_endpoint_auth_method": "none"}
    client_id = _post(polis, "/register", json=facts).json["client_id"]
    kim = visitor(polis)
    sent = "http://127.0.0.1:5123/cb"
    client = oauth.client(polis.services)._replace(client_id=client_id, redirect_uris=(sent,))
    page = kim.get(address(client).replace("/oauth/authorize", "/authorize"))
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": told(kim.answer(page, "approve"))["code"],
        "redirect_uri": sent,
        "code_verifier": oauth.VERIFIER,
    }
    made = _post(polis, "/token", data=form)
    assert (made.status_code, made.json["scope"]) == (200, "mcp")
    assert _post(polis, "/token", data=form).json["error"] == "invalid_grant"


@pytest.mark.parametrize("path", ["/token", "/register"])
def test_only_posting_is_meant_there(polis, path):
    answer = polis.app.test_client().get(path, base_url=BASE)
    assert (answer.status_code, answer.json["error"]) == (405, "invalid_request")
