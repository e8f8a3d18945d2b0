"""Limits of the token endpoint: nobody can use up somebody else's."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
import time_machine

from app.kit import clock, secrets
from tests import oauth
from tests.factories import member
from tests.rounds import rounds
from tests.tools.installation import running
from tests.web.oauth.program import Program

CLAUDE = "160.79.104.7"  # one address, many people
NOW = clock.now()


@pytest.fixture
def limited(polis):
    """The same installation with its limits on, at one standing moment."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with (
        time_machine.travel(NOW, tick=False),
        running(replace(polis.services, settings=settings)) as installation,
    ):
        yield installation


@pytest.fixture
def claude(limited):
    """One client that everybody's connections share."""
    return oauth.client(limited.services, name="Claude")


def people(limited, claude, count) -> list[str]:
    """The refresh tokens of so many people's connections."""
    return [
        oauth.tokens(
            limited.services, member(limited.services, verified=True), claude, now=NOW
        ).refresh_token
        for _ in range(count)
    ]


def rubbish() -> str:
    return secrets.mint("polis_rt_")


def at(limited, client, address) -> Program:
    return Program(limited.app, client, address=address)


def test_a_flood_of_rubbish_with_claudes_id_stops_nobody(limited, claude):
    tokens = people(limited, claude, 10)
    genuine, seen = at(limited, claude, CLAUDE), []
    for number in range(rounds(10_000)):
        flooding = at(limited, claude, f"203.0.{number // 40 % 256}.9")  # forty from each network
        seen.append(flooding.refresh(rubbish()).status_code)
        if number % 20 == 0:
            token = tokens[number // 20 % len(tokens)]
            answer = genuine.refresh(token)
            assert answer.status_code == 200, answer.text
            if number // 20 % 180 == 179:  # they would not refresh so often in one minute
                tokens = people(limited, claude, 10)
    assert (seen.count(400), seen.count(429)) == (len(seen) // 4, len(seen) * 3 // 4)


def test_500_people_refresh_in_one_minute_through_one_address(limited, claude):
    program = at(limited, claude, CLAUDE)
    for token in people(limited, claude, rounds(500)):
        assert program.refresh(token).status_code == 200


def test_rubbish_through_a_shared_range_is_counted_by_what_it_presents(limited, claude):
    program, same = at(limited, claude, CLAUDE), rubbish()
    assert [program.refresh(same).status_code for _ in range(11)] == [400] * 10 + [429]
    assert [program.refresh(rubbish()).status_code for _ in range(20)] == [400] * 20


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db8:1:2ff::7"])
def test_rubbish_is_counted_by_client_and_network(limited, claude, address):
    program = at(limited, claude, address)
    assert [program.refresh(rubbish()).status_code for _ in range(11)] == [400] * 10 + [429]
    refused = program.refresh(rubbish())
    assert refused.json["error"] == "temporarily_unavailable"
    assert int(refused.headers["Retry-After"]) == 60
    neighbour = "2001:db8:1:2aa::8" if ":" in address else address
    assert at(limited, claude, neighbour).refresh(rubbish()).status_code == 429
    other = oauth.client(limited.services)
    assert at(limited, other, address).refresh(rubbish()).status_code == 400


def test_a_genuine_token_is_counted_for_its_own_connection_alone(limited, claude):
    mine, yours = people(limited, claude, 2)
    program = at(limited, claude, "198.51.100.8")
    assert [program.refresh(mine).status_code for _ in range(21)] == [200] * 20 + [429]
    assert program.refresh(yours).status_code == 200


def test_a_code_is_counted_for_its_own_connection(limited, claude):
    who = member(limited.services, verified=True)
    program = at(limited, claude, "198.51.100.9")
    for _ in range(10):
        program.refresh(rubbish())
    assert program.refresh(rubbish()).status_code == 429
    assert program.exchange(oauth.approved(limited.services, who, claude)).status_code == 200


def test_a_forwarded_address_nobody_vouches_for_counts_for_nothing(limited, claude):
    program = at(limited, claude, "198.51.100.10")
    seen = [
        program.send(
            "/api/oauth/token",
            {
                "client_id": claude.client_id,
                "grant_type": "refresh_token",
                "refresh_token": rubbish(),
            },
            **{"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(11)
    ]
    assert seen == [400] * 10 + [429]


@pytest.mark.parametrize("path", ["token", "device", "revoke", "introspect"])
@pytest.mark.parametrize("sub", ["\ud800", "a\0b", "x" * 5000, "\u00e4"])
def test_whatever_an_assertion_says_of_itself_is_counted_or_refused(limited, path, sub):
    parts = ({"alg": "RS256", "kid": sub}, {"sub": sub})
    said = (urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in parts)
    form = {
        "client_assertion": ".".join((*said, "AAAA")),
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "grant_type": "authorization_code",
        "token": "x",
        "code": "x",
    }
    where = {"base_url": "http://127.0.0.1:8000", "data": form}
    answer = limited.app.test_client().post(f"/api/oauth/{path}", **where)
    assert 400 <= answer.status_code < 500, answer.text
