"""What a client tells about the person it expects: `login_hint` and `id_token_hint`."""

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from app.kit import ids
from tests import oauth
from tests.web.oauth.visitor import Visitor, onward, told, visitor


def _id_token(polis, kim, client) -> str:
    """What the client was given when this person connected it."""
    code = told(kim.answer(kim.ask(client, scope="mcp openid"), "approve"))["code"]
    form = {
        "grant_type": "authorization_code",
        "client_id": client.client_id,
        "code": code,
        "redirect_uri": oauth.REDIRECT,
        "code_verifier": oauth.VERIFIER,
    }
    post = polis.app.test_client().post
    return post("/api/oauth/token", data=form, base_url="http://127.0.0.1:8000").json["id_token"]


def test_the_address_an_app_expects_is_filled_in(polis, client):
    stranger = Visitor(polis, None)
    sent = stranger.ask(client, login_hint="kim@example.com")
    assert 'value="kim@example.com"' in stranger.get(sent.headers["Location"]).text


@pytest.mark.parametrize("hint", ['"><img src=x>', "x" * 600, "kim@example.com\u202e"])
def test_a_hint_is_text_and_no_more(polis, client, hint):
    stranger = Visitor(polis, None)
    page = stranger.get(stranger.ask(client, login_hint=hint).headers["Location"])
    assert page.status_code == 200
    assert "<img" not in page.text


def test_the_person_a_client_expects_goes_on(polis, client, kim):
    hint = _id_token(polis, kim, client)
    assert kim.ask(client, id_token_hint=hint).status_code == 200


def test_somebody_else_signs_in_first_and_goes_on_if_they_mean_it(polis, client, kim):
    hint, other = _id_token(polis, kim, client), visitor(polis)
    sent = other.ask(client, id_token_hint=hint)
    assert sent.headers["Location"].startswith("/login?next=")
    assert "again=1" in sent.headers["Location"]
    assert told(other.ask(client, id_token_hint=hint, prompt="none"))["error"] == "login_required"
    assert visitor(polis, other.who).get(onward(sent)).status_code == 200


def test_a_hint_nobody_can_read_is_left_aside(polis, client, kim):
    _id_token(polis, kim, client)
    claims = {"sub": ids.new("usr"), "aud": client.client_id}
    foreign = jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048))
    unsigned = "eyJhbGciOiJub25lIn0.e30."
    another = _id_token(polis, visitor(polis), oauth.client(polis.services))
    odd = ("WyJhbGciXQ.e30.AA", "eyJhbGciOiJSUzI1NiIsImNyaXQiOjV9.e30.AA")  # ["alg"], "crit": 5
    for hint in (foreign, unsigned, another, *odd, "x", "a.b.c", "x" * 9000):
        assert kim.ask(client, id_token_hint=hint).status_code == 200, hint[:40]
