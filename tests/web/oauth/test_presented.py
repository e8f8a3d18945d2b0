"""How a client proves itself at the token endpoint, and every way in which it does not."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.domain.clients import secrets
from app.domain.clients.refusals import InvalidClient, OAuthError
from app.kit import clock, ids
from app.web import create_app
from app.web.oauth import presented, program
from tests import oauth
from tests.domain.clients.fetched import TIMEOUT, TableFetcher
from tests.domain.clients.fetched import status as not_there
from tests.together import together

BASE = "http://127.0.0.1:8000"
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEYS = {
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ec"}),
}
OTHER = ECKey.generate_key("P-256", {"kid": "other"})
JWKS = {"keys": [key.as_dict(private=False) for key in KEYS.values()]}


class Door:
    """The token endpoint's first step, for requests as clients write them."""

    def __init__(self, services) -> None:
        self.services = services
        self.app = create_app(services)

    def client(self, method="none", **more):
        return oauth.client(self.services, auth_methods=method, **more)

    def secret(self, client, now=None):
        with self.services.transaction() as session:
            return secrets.issue(session, client.id, now or clock.now())

    def ask(self, basic=None, at=None, **form):
        """The client that proved itself, by its id, or the word of the refusal."""
        headers = {"Authorization": f"Basic {b64encode(basic.encode()).decode()}"} if basic else {}
        now = at or clock.now()
        with self.app.test_request_context(
            "/api/oauth/token",
            method="POST",
            base_url=BASE,
            headers=headers,
            data=form,
            content_type="application/x-www-form-urlencoded",
        ):
            try:
                asking = program.here()
                return presented.proved(asking, presented.read(asking), now).id
            except OAuthError as error:
                return error.error


@pytest.fixture
def door(services):
    return Door(services)


def signed(client, algorithm="ES256", key=None, header=None, **more):
    """The form of an assertion; a claim given as None is left out."""
    now = clock.milliseconds(clock.now()) // 1000
    key = key or KEYS[algorithm]
    claims = {
        "iss": client.client_id, "sub": client.client_id, "aud": BASE, "jti": ids.new("j"),
        "iat": now, "exp": now + 60,
    } | more  # fmt: skip
    head = {"alg": algorithm, "kid": key.kid} | (header or {})
    kept = {name: value for name, value in claims.items() if value is not None}
    token = jwt.encode(head, kept, key, algorithms=["RS256", "ES256", "HS256"])
    return {"client_assertion": token, "client_assertion_type": TYPE}


def test_a_public_client_is_known_by_its_id_alone(door):
    client = door.client()
    assert door.ask(client_id=client.client_id) == client.id


@pytest.mark.parametrize("registered", ["client_secret_basic", "client_secret_post"])
def test_a_secret_proves_in_header_and_form_alike(door, registered):
    client = door.client(registered)
    secret = door.secret(client)
    assert door.ask(basic=f"{client.client_id}:{secret}") == client.id
    assert door.ask(client_id=client.client_id, client_secret=secret) == client.id


@pytest.mark.parametrize("secret", ["", "wrong", "polis_cs_" + "x" * 38])
def test_a_wrong_secret_proves_nothing(door, secret):
    client = door.client("client_secret_basic")
    door.secret(client)
    assert door.ask(basic=f"{client.client_id}:{secret}") == "invalid_client"
    assert door.ask(client_id=client.client_id, client_secret=secret) == "invalid_client"


def test_the_secret_of_another_client_proves_nothing(door):
    one, two = door.client("client_secret_post"), door.client("client_secret_post")
    door.secret(one)
    assert door.ask(client_id=one.client_id, client_secret=door.secret(two)) == "invalid_client"


@pytest.mark.parametrize("method", ["client_secret_basic", "private_key_jwt"])
def test_a_client_registered_to_prove_itself_is_never_accepted_without(door, method):
    client = door.client(method, jwks=JWKS)
    assert door.ask(client_id=client.client_id) == "invalid_client"
    assert door.ask(basic=f"{client.client_id}:") == "invalid_client"


def test_a_client_registered_for_keys_is_not_accepted_by_a_secret(door):
    client = door.client("private_key_jwt", jwks=JWKS)
    secret = door.secret(client)
    assert door.ask(client_id=client.client_id, client_secret=secret) == "invalid_client"


def test_two_secrets_are_good_while_one_is_rotated_and_one_afterwards(door):
    client = door.client("client_secret_post")
    now = clock.now()
    first = door.secret(client)
    with door.services.transaction() as session:
        second = secrets.rotate(session, client.id, now)
    with door.services.transaction() as session:
        third = secrets.rotate(session, client.id, now)

    def good(at):
        return [
            door.ask(client_id=client.client_id, client_secret=each, at=at) == client.id
            for each in (first, second, third)
        ]

    assert good(now) == [False, True, True]
    assert good(now + secrets.OVERLAP) == [False, False, True]


def test_an_ended_secret_and_an_ended_client_prove_nothing(door):
    client = door.client("client_secret_post")
    secret = door.secret(client)
    with door.services.transaction() as session:
        assert secrets.end(session, client.id, clock.now()) == 1
    assert door.ask(client_id=client.client_id, client_secret=secret) == "invalid_client"
    ended = door.client(ended_at=clock.now())
    assert door.ask(client_id=ended.client_id) == "invalid_client"


def test_an_id_with_reserved_characters_comes_form_encoded_in_the_header(door):
    client = door.client("client_secret_basic", kind="developer")
    secret = door.secret(client)
    encoded = client.client_id.replace("_", "%5F")
    assert door.ask(basic=f"{encoded}:{secret}") == client.id


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("audience", [BASE, f"{BASE}/api/oauth/token", [BASE, "https://x.example"]])
def test_a_signed_assertion_proves_its_client(door, algorithm, audience):
    client = door.client("private_key_jwt", jwks=JWKS)
    assert door.ask(**signed(client, algorithm, aud=audience)) == client.id
    assert door.ask(client_id=client.client_id, **signed(client, algorithm)) == client.id


def wrong(seconds):
    """So many seconds from when the test runs."""
    return timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "polis_ci_other"},
        {"iss": None},
        {"sub": "polis_ci_other"},
        {"aud": "https://evil.example"},
        {"aud": None},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"jti": "j" * 201},
        {"jti": "j\x00"},
        {"exp": None},
        {"exp": "soon"},
        {"exp": wrong(-1)},
        {"exp": wrong(900)},
        {"iat": wrong(0), "exp": wrong(330)},
        {"iat": wrong(20), "exp": wrong(321)},
        {"iat": wrong(-1), "exp": wrong(300)},
        {"exp": wrong(390), "iat": None},
        {"iat": wrong(-900)},
        {"iat": wrong(900)},
        {"nbf": wrong(900)},
    ],
)
def test_an_assertion_with_a_wrong_claim_proves_nothing(door, claims):
    client = door.client("private_key_jwt", jwks=JWKS)
    now = clock.milliseconds(clock.now()) // 1000
    moments = {
        name: now + int(value.total_seconds())
        for name, value in claims.items()
        if isinstance(value, timedelta)
    }
    form = signed(client, **claims | moments)
    assert door.ask(client_id=client.client_id, **form) == "invalid_client"


@pytest.mark.parametrize("ahead", [-200, 0, 20])
def test_an_assertion_lives_300_seconds_by_its_clients_clock_and_not_301(door, ahead):
    client = door.client("private_key_jwt", jwks=JWKS)
    issued = clock.milliseconds(clock.now()) // 1000 + ahead
    longer = signed(client, iat=issued, exp=issued + 301)
    assert door.ask(**longer) == "invalid_client"
    assert door.ask(**signed(client, iat=issued, exp=issued + 300)) == client.id


def test_an_assertion_of_another_key_or_of_none_proves_nothing(door):
    client = door.client("private_key_jwt", jwks=JWKS)
    named = {"client_id": client.client_id}
    assert door.ask(**named, **signed(client, key=OTHER)) == "invalid_client"
    assert door.ask(**named, **signed(client, key=OTHER, header={"kid": "ec"})) == "invalid_client"
    for rubbish in ("", ".", "a.b.c", "e30.e30.", "\u00e4.b.c", "x" * 9000):
        form = {"client_assertion": rubbish, "client_assertion_type": TYPE}
        assert door.ask(**named, **form) == "invalid_client"


def test_an_assertion_is_good_once_however_many_try_at_once(door):
    client = door.client("private_key_jwt", jwks=JWKS)
    form = signed(client)
    answers = together(8, lambda _: door.ask(**form))
    assert sorted(answers) == sorted([client.id] + ["invalid_client"] * 7)


def test_equal_jtis_of_two_clients_do_not_meet(door):
    one, two = (door.client("private_key_jwt", jwks=JWKS) for _ in range(2))
    assert [door.ask(**signed(each, jti="1")) for each in (one, two)] == [one.id, two.id]


def test_keys_are_fetched_again_for_an_unknown_kid_at_most_once_a_minute(services):
    address = "https://app.example/keys"
    fetcher = TableFetcher(**{address: {"keys": [OTHER.as_dict(private=False)]}})
    door = Door(replace(services, fetcher=fetcher))
    client = door.client("private_key_jwt", jwks_uri=address)
    now = clock.now()
    assert door.ask(**signed(client, key=OTHER), at=now) == client.id
    fetcher.pages[address] = JWKS
    assert {door.ask(**signed(client), at=now) for _ in range(5)} == {"invalid_client"}
    assert len(fetcher.asked) == 1
    later = now + timedelta(seconds=61)
    issued = clock.milliseconds(later) // 1000
    assertion = signed(client, iat=issued, exp=issued + 60)
    assert door.ask(**assertion, at=later) == client.id
    assert len(fetcher.asked) == 2


@pytest.mark.parametrize(
    ("page", "status", "error"),
    [
        (TIMEOUT, 503, "temporarily_unavailable"),
        ({"keys": []}, 401, "invalid_client"),
        (not_there(404), 401, "invalid_client"),
    ],
    ids=str,
)
def test_keys_that_cannot_be_fetched_are_an_outage_and_no_fault_of_the_client(
    services, page, status, error
):
    address = "https://app.example/keys"
    door = Door(replace(services, fetcher=TableFetcher(**{address: page})))
    client = door.client("private_key_jwt", jwks_uri=address)
    form = {"grant_type": "refresh_token", "refresh_token": "x", **signed(client)}
    answer = door.app.test_client().post("/api/oauth/token", base_url=BASE, data=form)
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert answer.headers.get("Retry-After") == ("60" if status == 503 else None)


@pytest.mark.parametrize(
    ("basic", "form", "error"),
    [
        (None, {}, "invalid_client"),
        ("no colon", {}, "invalid_client"),
        ("a:b", {"client_secret": "c", "client_id": "a"}, "invalid_request"),
        ("a:b", {"client_assertion": "x.y.z", "client_assertion_type": TYPE}, "invalid_request"),
        ("a:b", {"client_id": "c"}, "invalid_request"),
        (None, {"client_assertion": "x.y.z"}, "invalid_request"),
        (None, {"client_id": "polis_ci_unknown"}, "invalid_client"),
        (None, {"client_id": "x" * 5000}, "invalid_client"),
        (None, {"client_id": "https://unknown.example/client.json"}, "invalid_client"),
        ("\x00:\x00", {}, "invalid_client"),
    ],
)
def test_a_request_that_names_no_client_or_two_ways_is_refused(door, basic, form, error):
    assert door.ask(basic, **form) == error


def test_a_header_that_is_no_base64_is_refused(door):
    with (
        door.app.test_request_context(
            "/api/oauth/token",
            method="POST",
            headers={"Authorization": "Basic \u00e4"},
            data={"a": "b"},
        ),
        pytest.raises(InvalidClient),
    ):
        presented.read(program.here())
