"""Revocation and introspection: a client and its own tokens (RFC 7009, RFC 7662; S20)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from app.domain.clients import secrets as client_secrets
from app.kit import clock, secrets
from app.models.accounts import Organization
from tests import oauth
from tests.factories import member
from tests.web.oauth.program import INTROSPECT, REVOKE, Program


@pytest.fixture
def who(polis):
    return member(polis.services, tokens=100, verified=True)


@pytest.fixture
def app(polis):
    return oauth.client(polis.services)


@pytest.fixture
def program(polis, app):
    return Program(polis.app, app)


@pytest.fixture
def made(polis, who, app):
    return oauth.tokens(polis.services, who, app)


def confidential(polis):
    app = oauth.client(polis.services, auth_methods="client_secret_post")
    with polis.services.transaction() as session:
        return app, client_secrets.issue(session, app.id, clock.now())


def works(polis, who, token) -> bool:
    return polis.as_(replace(who, key=token)).ask("ping").status_code == 200


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
@pytest.mark.parametrize("hint", ["access_token", "refresh_token", "nonsense"])
def test_a_public_client_gives_back_the_pair_with_its_id_alone(
    polis, who, program, made, kind, hint
):
    assert works(polis, who, made.access_token)
    answer = program.revoke(getattr(made, kind), token_type_hint=hint)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert not works(polis, who, made.access_token)
    assert program.refresh(made.refresh_token).json["error"] == "invalid_grant"
    assert program.revoke(getattr(made, kind)).status_code == 200


@pytest.mark.parametrize(
    "token",
    ["rubbish", "polis_at_", secrets.mint("polis_at_"), secrets.mint("polis_rt_"), "é"],
    ids=["rubbish", "prefix", "access", "refresh", "not ascii"],
)
def test_an_unknown_token_is_given_back_without_a_word(program, token):
    assert program.revoke(token).status_code == 200


def test_another_clients_token_is_left_alone(polis, who, made):
    other = Program(polis.app, oauth.client(polis.services))
    assert other.revoke(made.refresh_token).status_code == 200
    assert works(polis, who, made.access_token)


def test_a_confidential_client_must_prove_itself_to_give_back(polis, who):
    app, secret = confidential(polis)
    made = oauth.tokens(polis.services, who, app)
    assert Program(polis.app, app).revoke(made.access_token).status_code == 401
    assert works(polis, who, made.access_token)
    assert Program(polis.app, app, secret).revoke(made.access_token).status_code == 200
    assert not works(polis, who, made.access_token)


@pytest.mark.parametrize("path", [REVOKE, INTROSPECT])
def test_without_a_token_there_is_no_request(polis, path):
    app, secret = confidential(polis)
    answer = Program(polis.app, app, secret).ask(path)
    assert (answer.status_code, answer.json["error"]) == (400, "invalid_request")


def test_a_confidential_client_learns_about_its_own_tokens(polis, who):
    app, secret = confidential(polis)
    now = clock.now()
    made = oauth.tokens(polis.services, who, app, now=now, audience="/mcp")
    asking = Program(polis.app, app, secret)
    told = asking.introspect(made.access_token)
    assert "Access-Control-Allow-Origin" not in told.headers
    facts = {
        "active": True,
        "client_id": app.client_id,
        "scope": "mcp openid email",
        "sub": who.user_id,
        "sub_type": "user",
        "iss": "http://127.0.0.1:8000",
        "aud": ["http://127.0.0.1:8000/mcp"],
        "iat": int(now.timestamp()),
    }
    ends = int(now.timestamp()) + 2592000
    assert told.json == facts | {"token_type": "Bearer", "exp": ends}
    longer = {"token_type": "refresh_token", "exp": int(now.timestamp()) + 180 * 86400}
    assert asking.introspect(made.refresh_token).json == facts | longer


def test_a_public_client_asks_with_the_token_itself(polis, who, program, made):
    told = program.introspect(made.access_token, bearer=made.access_token).json
    assert (told["active"], len(told["aud"])) == (True, 2)
    other = oauth.tokens(polis.services, who).access_token
    assert program.introspect(other, bearer=made.access_token).json == {"active": False}
    assert program.introspect(made.access_token).status_code == 401


def test_nobody_learns_about_a_token_of_somebody_else(polis, who, made):
    app, secret = confidential(polis)
    asking = Program(polis.app, app, secret)
    own = oauth.tokens(polis.services, who, app)
    for token in (made.access_token, made.refresh_token, who.key, "rubbish", "polis_at_\u00e9"):
        assert asking.introspect(token).json == {"active": False}
    assert asking.introspect(own.access_token, bearer=own.access_token).json == {"active": False}


def test_a_dead_token_is_only_said_to_be_dead(polis, who):
    app, secret = confidential(polis)
    asking, now = Program(polis.app, app, secret), clock.now()
    made = oauth.tokens(polis.services, who, app, now=now)
    oauth.refresh(polis.services, app, made.refresh_token)
    assert asking.introspect(made.refresh_token).json == {"active": False}
    with time_machine.travel(now + timedelta(days=30), tick=False):
        assert asking.introspect(made.access_token).json == {"active": False}
    assert asking.introspect(made.access_token).json["active"]
    with polis.services.transaction() as session:
        session.get_one(Organization, who.organization_id).suspended_at = clock.now()
    assert asking.introspect(made.access_token).json == {"active": False}
