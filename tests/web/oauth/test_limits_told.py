"""Every endpoint counts, says what is left, and refuses in its own form."""

import pytest

from app.domain.clients import secrets
from app.kit import clock
from tests import oauth
from tests.factories import member
from tests.web.oauth.program import Program
from tests.web.oauth.registrar import Registrar
from tests.web.oauth.test_token_limits import claude, limited, rubbish

__all__ = ["claude", "limited"]

NAMES = ("Limit", "Remaining", "Reset")


def told(answer) -> list[str]:
    """The figures of an answer's limit, which both spellings of the headers agree on."""
    both = [
        [answer.headers[f"{prefix}RateLimit-{name}"] for name in NAMES] for prefix in ("", "X-")
    ]
    assert both[0] == both[1]
    return both[0]


@pytest.fixture
def approved(limited, claude):
    return oauth.tokens(limited.services, member(limited.services, verified=True), claude)


@pytest.fixture
def program(limited, claude):
    return Program(limited.app, claude, address="198.51.100.20")


def test_answers_say_what_is_left_of_their_limit(limited, program, approved):
    access = approved.access_token
    assert told(program.refresh(approved.refresh_token)) == ["10", "19", "6"]
    assert told(program.introspect(access, bearer=access)) == ["60", "59", "1"]
    assert told(program.userinfo(access)) == ["60", "59", "1"]
    assert told(program.revoke(access)) == ["10", "19", "6"]
    registrar = Registrar(limited.services, "198.51.100.21")
    made = registrar.register()
    assert told(made) == ["20", "19", "3600"]
    path = f"/api/oauth/register/{made.json['client_id']}"
    token = made.json["registration_access_token"]
    assert told(registrar.ask("GET", path, token)) == ["20", "19", "3"]


def test_a_refusal_says_when_to_come_back(program):
    seen = [program.revoke(rubbish()) for _ in range(11)]
    assert [answer.status_code for answer in seen] == [200] * 10 + [429]
    assert told(seen[-1]) == ["10", "0", "60"]
    assert seen[-1].headers["Retry-After"] == "60"
    assert seen[-1].json["error"] == "temporarily_unavailable"
    assert seen[-1].headers["X-Request-Id"]


def test_rubbish_of_a_stranger_stops_neither_revocation_nor_introspection(
    limited, claude, program, approved
):
    for _ in range(11):
        program.revoke(rubbish())
        program.introspect(shown := rubbish(), bearer=shown)
    access = approved.access_token
    assert program.introspect(access, bearer=access).json["active"] is True
    assert program.revoke(access).status_code == 200
    assert program.introspect(access, bearer=access).json == {"active": False}


def test_introspection_by_secret_is_counted_for_the_token_asked_about(limited):
    services = limited.services
    confidential = oauth.client(services, auth_methods="client_secret_basic")
    with services.transaction() as session:
        secret = secrets.issue(session, confidential.id, clock.now())
    program = Program(limited.app, confidential, secret, "198.51.100.22")
    made = oauth.tokens(services, member(services, verified=True), confidential)
    seen = [program.introspect(made.access_token).status_code for _ in range(61)]
    assert seen == [200] * 60 + [429]
    assert program.introspect(rubbish()).json == {"active": False}


def test_a_registration_is_managed_twenty_times_a_minute(limited):
    registrar = Registrar(limited.services, "198.51.100.23")
    made = registrar.register()
    path, token = f"/api/oauth/register/{made.json['client_id']}", "polis_crt_guess"
    seen = [registrar.ask("DELETE", path, token).status_code for _ in range(21)]
    assert seen == [401] * 20 + [429]
    elsewhere = Registrar(limited.services, "198.51.100.24")
    owner = elsewhere.ask("GET", path, made.json["registration_access_token"])
    assert owner.status_code == 200


@pytest.mark.parametrize(
    ("path", "form", "status", "number"),
    [
        ("token", {"grant_type": "refresh_token"}, 401, 31),
        ("token", {"client_id": "a", "client_secret": "b", "client_assertion": "c"}, 400, 32),
        ("revoke", {"token": "x"}, 401, 33),
        ("revoke", {"client_id": "polis_ci_x"}, 400, 34),
        ("introspect", {"token": "x"}, 401, 35),
        ("introspect", {"client_id": "polis_ci_x"}, 400, 36),
    ],
)
def test_what_names_no_client_or_no_token_is_counted_for_its_network(
    limited, claude, path, form, status, number
):
    program = Program(limited.app, claude, address=f"198.51.100.{number}")
    seen = [program.send(f"/api/oauth/{path}", form) for _ in range(11)]
    assert [answer.status_code for answer in seen] == [status] * 10 + [429]
    assert told(seen[0]) == ["10", "9", "60"]
    assert told(seen[-1]) == ["10", "0", "60"]


def test_a_registration_nobody_can_read_is_counted_and_told(limited):
    registrar = Registrar(limited.services, "198.51.100.25")
    rubbish_ = registrar.ask(data=b"{")
    assert (rubbish_.status_code, told(rubbish_)) == (400, ["20", "19", "3600"])
    path = f"/api/oauth/register/{registrar.register().json['client_id']}"
    for method, status in (("PUT", 401), ("GET", 401), ("DELETE", 401)):
        answer = registrar.ask(method, path, json={})
        assert (answer.status_code, told(answer)[0]) == (status, "20")
    unreadable = registrar.ask("PUT", path, "polis_crt_x", data=b"{")
    assert (unreadable.status_code, told(unreadable)) == (400, ["20", "16", "12"])
