"""id_tokens, the key set, and userinfo (OpenID Connect Core §2, §5.3; S30)."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from app.domain import keyset, sealed, signing
from app.kit import clock
from app.models.grants import SigningKey
from tests import oauth
from tests.factories import member
from tests.web.oauth.program import USERINFO, Program

BASE = "http://127.0.0.1:8000"
EVERYTHING = ("mcp", "openid", "profile", "email")


@pytest.fixture
def who(polis):
    return member(polis.services, verified=True)


@pytest.fixture
def app(polis):
    return oauth.client(polis.services)


@pytest.fixture
def program(polis, app):
    return Program(polis.app, app)


def told_keys(program) -> KeySet:
    answer = program.send("/.well-known/jwks.json", None, "GET")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return KeySet.import_key_set(answer.json)


def read(program, answer):
    """The claims of an id_token that stands the check every client makes."""
    token = jwt.decode(answer.json["id_token"], told_keys(program), algorithms=["RS256", "ES256"])
    return token.header, token.claims


def test_an_id_token_says_who_approved_to_whom_and_when(polis, program, who, app):
    now = clock.now()
    given = oauth.approved(polis.services, who, app, scopes=EVERYTHING, nonce="n-1", now=now)
    with time_machine.travel(now + timedelta(seconds=5), tick=False):
        header, claims = read(program, program.exchange(given))
    assert header["alg"] == "RS256"
    assert claims.pop("email").endswith("@example.com")
    assert claims.pop("name")
    assert claims == {
        "iss": BASE,
        "aud": app.client_id,
        "sub": who.user_id,
        "email_verified": True,
        "nonce": "n-1",
        "auth_time": int(now.timestamp()),
        "iat": int(now.timestamp()) + 5,
        "exp": int(now.timestamp()) + 3605,
    }


def test_a_client_may_have_its_id_tokens_signed_with_es256(polis, who):
    app = oauth.client(polis.services, told={"id_token_signed_response_alg": "ES256"})
    given = oauth.approved(polis.services, who, app)
    program = Program(polis.app, app)
    assert read(program, program.exchange(given))[0]["alg"] == "ES256"


@pytest.mark.parametrize(("scopes", "told"), [(("mcp",), False), (("mcp", "openid"), True)])
def test_an_id_token_is_given_for_openid_alone(polis, program, who, app, scopes, told):
    given = oauth.approved(polis.services, who, app, scopes=scopes)
    assert ("id_token" in program.exchange(given).json) is told


def test_a_request_without_a_nonce_gets_none_back(polis, program, who, app):
    _, claims = read(program, program.exchange(oauth.approved(polis.services, who, app)))
    assert "nonce" not in claims


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("scopes", "claims"),
    [
        (("openid",), {"sub"}),
        (("openid", "email"), {"sub", "email", "email_verified"}),
        (EVERYTHING, {"sub", "email", "email_verified", "name"}),
    ],
)
def test_userinfo_tells_what_the_scopes_say(polis, program, who, app, method, scopes, claims):
    token = oauth.tokens(polis.services, who, app, scopes=scopes).access_token
    answer = program.userinfo(token, method)
    assert set(answer.json) == claims
    assert answer.json["sub"] == who.user_id
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("audience", [None, "/mcp", "/api/mcp"])
def test_userinfo_takes_a_token_for_any_name(polis, program, who, app, audience):
    token = oauth.tokens(polis.services, who, app, audience=audience).access_token
    assert program.userinfo(token).status_code == 200


def test_an_organizations_token_tells_the_organization_and_no_address(polis, program, who, app):
    given = oauth.approved(polis.services, who, app, scopes=EVERYTHING, subject_kind="organization")
    answer = program.exchange(given)
    claims = read(program, answer)[1]
    assert claims["sub"] == who.organization_id
    assert "email" not in claims
    told = program.userinfo(answer.json["access_token"]).json
    assert set(told) == {"sub", "name"}


def test_userinfo_refuses_what_is_no_token_with_openid(polis, program, who, app):
    plain = oauth.tokens(polis.services, who, app, scopes=("mcp",)).access_token
    for token, status, error in (
        (plain, 403, "insufficient_scope"),
        (who.key, 403, "insufficient_scope"),
        ("polis_at_rubbish", 401, "invalid_token"),
    ):
        answer = program.userinfo(token)
        assert (answer.status_code, answer.json["error"]) == (status, error)
        assert f'error="{error}"' in answer.headers["WWW-Authenticate"]


def test_userinfo_reads_no_token_from_the_address_or_the_form(polis, program, who, app):
    token = oauth.tokens(polis.services, who, app).access_token
    for path, form in (
        (f"{USERINFO}?access_token={token}", None),
        (USERINFO, {"access_token": token}),
    ):
        assert program.send(path, form).status_code == 401


def test_a_key_is_told_before_it_signs_and_after(services):
    secrets = services.links.keys
    start = clock.now()
    signed = {}
    for day in range(0, 300, 3):
        now = start + timedelta(days=day)
        with services.transaction() as session:
            for algorithm in keyset.due(session, now):
                keyset.add(session, cheap(algorithm, secrets, now), now)
            told = {key["kid"] for key in keyset.told(session, now)["keys"]}
            kid = keyset.signer(session, "ES256", now).kid
        signed.setdefault(kid, []).append((day, told))
    kids = list(signed)
    assert len(kids) == 4
    for before, kid in pairwise(kids):
        assert kid in signed[before][-1][1]  # known on the last day it does not sign
        assert all(before in told for _, told in signed[kid][:10])  # and for thirty days after


def test_private_keys_are_sealed_and_follow_the_secret(services):
    now, old, new = clock.now(), "an old secret of this house", "a new secret of this house"
    row = signing.make("ES256", (old,), now)
    assert b'"d"' not in row.private
    assert "d" not in row.public
    assert signing.sign(row, {"sub": "kim"}, (new, old))
    with pytest.raises(sealed.Lost):
        signing.sign(row, {"sub": "kim"}, (new,))


def test_two_processes_make_one_key(services):
    now = clock.now()
    made = [signing.make("ES256", services.links.keys, now) for _ in range(2)]
    for key in made:
        with services.transaction() as session:
            keyset.add(session, key, now)
    with services.database.reading() as session:
        assert session.scalars(select(SigningKey.kid)).all() == [made[0].kid]


def cheap(algorithm, secrets, now):
    """A key as `make` makes it; RSA takes a tenth of a second, and its kind does not matter."""
    key = signing.make("ES256", secrets, now)
    key.algorithm = algorithm
    return key
