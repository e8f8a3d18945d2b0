"""An app that acts for its own organization (RFC 6749 §4.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from app.domain.clients import secrets as client_secrets
from app.domain.grants import end
from app.kit import clock
from app.models.clients import Client
from app.models.grants import Grant
from tests import oauth
from tests.factories import member
from tests.tools.installation import HELLO
from tests.web.oauth.program import Program


@pytest.fixture
def who(polis):
    return member(polis.services, tokens=100, verified=True)


def developed(polis, who, **more):
    """A developer's app of an organization, its switch on unless asked otherwise."""
    facts = {
        "kind": "developer",
        "organization_id": who.organization_id,
        "auth_methods": "client_secret_basic",
        "client_credentials": True,
    }
    app = oauth.client(polis.services, **(facts | more))
    with polis.services.transaction() as session:
        return app, Program(polis.app, app, client_secrets.issue(session, app.id, clock.now()))


def ask(program, **more):
    return program.ask(grant_type="client_credentials", **more)


def agent(polis, who, answer):
    return polis.as_(replace(who, key=answer.json["access_token"]))


def test_an_app_runs_panels_for_its_own_organization(polis, who):
    app, program = developed(polis, who)
    answer = ask(program)
    assert {k: v for k, v in answer.json.items() if k != "access_token"} == {
        "token_type": "Bearer", "expires_in": 3600, "scope": "mcp mcp:read",
    }  # fmt: skip
    assert agent(polis, who, answer).call("polis_test", **HELLO)["run_id"]
    told = program.introspect(answer.json["access_token"]).json
    assert (told["sub"], told["sub_type"]) == (app.client_id, "client")


def test_it_may_ask_for_less_and_never_for_a_person(polis, who):
    _, program = developed(polis, who)
    assert ask(program, scope="mcp:read").json["scope"] == "mcp:read"
    for scope in ("openid", "mcp offline_access", "admin"):
        assert ask(program, scope=scope).json["error"] == "invalid_scope"


def test_its_token_is_good_where_it_was_asked_for(polis, who):
    _, program = developed(polis, who)
    answer = ask(program, resource="http://127.0.0.1:8000/mcp")
    assert agent(polis, who, answer).ask("ping").status_code == 401


def test_its_token_lives_an_hour(polis, who):
    _, program = developed(polis, who)
    now = clock.now()
    with time_machine.travel(now, tick=False):
        answer = ask(program)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert agent(polis, who, answer).ask("ping").status_code == 401


@pytest.mark.parametrize(
    "more",
    [
        {"client_credentials": False},
        {"kind": "registered", "organization_id": None},
        {"auth_methods": "none"},
    ],
)
def test_nobody_else_acts_without_a_person(polis, who, more):
    app, program = developed(polis, who, **more)
    asking = Program(polis.app, app) if app.is_public else program
    assert ask(asking).json["error"] == "unauthorized_client"


ENDS = {
    "the switch": lambda s, app: s.execute(
        update(Client).where(Client.id == app.id).values(client_credentials=False)
    ),
    "the secret": lambda s, app: end.own(s, app.id, "secret_rotated", clock.now()),
    "the app": lambda s, app: end.of_client(s, app.id, "client_ended", clock.now()),
}


@pytest.mark.parametrize("how", ENDS)
def test_its_tokens_end_with_the_switch_the_secret_and_the_app(polis, who, how):
    app, program = developed(polis, who)
    acting = agent(polis, who, ask(program))
    assert acting.ask("ping").status_code == 200
    with polis.services.transaction() as session:
        ENDS[how](session, app)
    assert acting.ask("ping").status_code == 401


def test_many_tokens_are_one_connection(polis, who):
    _, program = developed(polis, who)
    for _ in range(3):
        assert ask(program).status_code == 200
    with polis.services.database.reading() as session:
        assert session.scalar(
            select(func.count())
            .select_from(Grant)
            .where(Grant.organization_id == who.organization_id)
        ) == 1  # fmt: skip
