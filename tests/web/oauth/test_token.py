"""The token endpoint on the wire (RFC 6749 §3.2, §5; connectors.md §4.2)."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest
import time_machine
from werkzeug.datastructures import MultiDict

from app.domain.clients import secrets as client_secrets
from app.domain.grants import end
from app.kit import clock, secrets
from app.models.clients import Client
from tests import oauth
from tests.factories import member
from tests.oauth import REDIRECT
from tests.web.oauth.program import TOKEN, Program

RESOURCE = "http://127.0.0.1:8000/mcp"


@pytest.fixture
def who(polis):
    return member(polis.services, verified=True)


@pytest.fixture
def app(polis):
    return oauth.client(polis.services)


@pytest.fixture
def program(polis, app):
    return Program(polis.app, app)


@pytest.fixture
def given(polis, who, app):
    return oauth.approved(polis.services, who, app)


def refusal(answer, status=400) -> str:
    """The error of a refusal that has the form every client can read."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.json
    assert set(told) == {"error", "error_description", "error_uri"}
    assert told["error_uri"] == f"http://127.0.0.1:8000/docs/troubleshooting#{told['error']}"
    return told["error"]


def test_a_code_is_answered_in_the_form_of_the_standard(program, given):
    answer = program.exchange(given)
    told = answer.json
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 2592000)
    assert told["scope"] == "mcp openid email"
    assert set(told) == {
        "access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token",
    }  # fmt: skip


def test_a_replay_is_refused_and_its_end_stands(program, given):
    tokens = program.exchange(given).json
    assert refusal(program.exchange(given)) == "invalid_grant"
    assert refusal(program.refresh(tokens["refresh_token"])) == "invalid_grant"


def test_a_refresh_answers_a_repeat_with_the_same_and_a_reuse_with_the_end(program, given):
    first = program.exchange(given).json["refresh_token"]
    now = clock.now()
    with time_machine.travel(now, tick=False):
        second = program.refresh(first).json
        assert program.refresh(first).json == second
        assert "id_token" not in second
    with time_machine.travel(now + timedelta(seconds=31), tick=False):
        assert refusal(program.refresh(first)) == "invalid_grant"
        assert refusal(program.refresh(second["refresh_token"])) == "invalid_grant"


def test_a_refresh_without_a_scope_keeps_it_and_a_wider_one_is_refused(program, given):
    token = program.exchange(given).json["refresh_token"]
    assert refusal(program.refresh(token, scope="mcp profile")) == "invalid_scope"
    assert program.refresh(token).json["scope"] == "mcp openid email"


def test_a_client_that_is_gone_is_told_to_register_again(polis, program, given):
    token = program.exchange(given).json["refresh_token"]
    with polis.services.transaction() as session:
        session.get_one(Client, given.client.id).ended_at = clock.now()
        end.of_client(session, given.client.id, "client_ended", clock.now())
    answer = program.refresh(token)
    assert refusal(answer, 401) == "invalid_client"
    assert 'error="invalid_client"' in answer.headers["WWW-Authenticate"]


MALFORMED = {
    "nothing": {},
    "no grant type": {"grant_type": ""},
    "no code": {"grant_type": "authorization_code"},
    "no refresh token": {"grant_type": "refresh_token"},
    "a NUL": {"grant_type": "refresh_token", "refresh_token": "polis_rt_\0"},
    "a line break": {"grant_type": "refresh_token", "refresh_token": "polis\r\nSet-Cookie: a=b"},
}


@pytest.mark.parametrize("how", MALFORMED)
def test_what_is_not_a_request_is_said_to_be_none(program, how):
    assert refusal(program.ask(**MALFORMED[how])) == "invalid_request"


@pytest.mark.parametrize("name", ["grant_type", "refresh_token", "scope", "resource", "client_id"])
def test_a_parameter_that_comes_twice_is_an_error(program, app, name):
    form = MultiDict({"client_id": app.client_id, "grant_type": "refresh_token"})
    form["refresh_token"] = secrets.mint("polis_rt_")
    form.setlist(name, ["mcp", "mcp"])
    assert refusal(program.send(TOKEN, form)) == "invalid_request"


@pytest.mark.parametrize("grant_type", ["password", "implicit", "web", "AUTHORIZATION_CODE"])
def test_other_grant_types_are_not_known(program, grant_type):
    answer = program.ask(grant_type=grant_type, username="kim", password="secret")
    assert refusal(answer) == "unsupported_grant_type"


def test_a_grant_type_the_client_did_not_register_is_refused(polis, who):
    app = oauth.client(polis.services, grant_types="authorization_code")
    answer = Program(polis.app, app).refresh(secrets.mint("polis_rt_"))
    assert refusal(answer) == "unauthorized_client"


def test_json_is_not_a_form(program, app, given):
    body = json.dumps({"client_id": app.client_id, "grant_type": "authorization_code"})
    answer = program.send(TOKEN, body, **{"Content-Type": "application/json"})
    assert refusal(answer) == "invalid_request"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_posting_is_allowed(program, method):
    answer = program.send(TOKEN, None, method)
    assert refusal(answer, 405) == "invalid_request"
    assert "POST" in answer.headers["Allow"]


def test_what_stands_in_the_address_counts_for_nothing(program, given):
    address = f"{TOKEN}?grant_type=authorization_code&code={given.code}&redirect_uri={REDIRECT}"
    assert refusal(program.ask(address)) == "invalid_request"


@pytest.mark.parametrize("resource", [RESOURCE, f"{RESOURCE}/", "HTTP://127.0.0.1:8000/mcp"])
def test_a_resource_narrows_a_grant_for_both_names(polis, program, who, given, resource):
    made = program.exchange(given, resource=resource).json
    shown = program.introspect(made["access_token"], made["access_token"]).json
    assert shown["aud"] == [RESOURCE]


@pytest.mark.parametrize(
    "resource",
    [
        "https://evil.example/mcp", "http://127.0.0.1:8000", "http://127.0.0.1:8000/mcp/x", "mcp",
        "http://127.0.0.1:8000/mcp?x=1", "http://kim@127.0.0.1:8000/mcp", "http://[::1/mcp",
        "http://127.0.0.1:8000/mcp#x", "http://127.0.0.1:99999/mcp",
    ],
)  # fmt: skip
def test_a_resource_that_is_not_ours_is_refused_and_leaves_the_code_good(program, given, resource):
    assert refusal(program.exchange(given, resource=resource)) == "invalid_target"
    assert program.exchange(given).status_code == 200


def test_a_name_of_the_endpoint_that_was_not_approved_is_refused(polis, program, who, app):
    given = oauth.approved(polis.services, who, app, audience="/api/mcp")
    assert refusal(program.exchange(given, resource=RESOURCE)) == "invalid_target"


@pytest.mark.parametrize("secret", ["", "polis_cs_wrong"])
def test_a_confidential_client_without_its_secret_gets_nothing(polis, who, secret):
    app, _ = confidential(polis)
    given = oauth.approved(polis.services, who, app)
    assert refusal(Program(polis.app, app, secret).exchange(given), 401) == "invalid_client"


def test_a_confidential_client_with_its_secret_is_answered(polis, who):
    app, secret = confidential(polis)
    given = oauth.approved(polis.services, who, app)
    assert Program(polis.app, app, secret).exchange(given).status_code == 200


@pytest.mark.parametrize("client_id", ["", "\0", "polis_ci_" + "x" * 600, "https://[", "é"])
def test_a_client_nobody_can_be_is_refused_like_an_unknown_one(program, client_id):
    proof = b64encode(f"{client_id}:secret".encode()).decode()
    form = {"grant_type": "refresh_token", "refresh_token": secrets.mint("polis_rt_")}
    answer = program.send(TOKEN, form, Authorization=f"Basic {proof}")
    assert refusal(answer, 401) == "invalid_client"


def confidential(polis, **more):
    """A client with a secret of its own."""
    app = oauth.client(polis.services, auth_methods="client_secret_basic", **more)
    with polis.services.transaction() as session:
        return app, client_secrets.issue(session, app.id, clock.now())
