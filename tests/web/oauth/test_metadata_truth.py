"""S9: whatever the documents advertise works as it is used, and what they leave out does not."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from app.docs.discovery import oauth as metadata
from app.domain.clients import secrets as client_secrets
from app.kit import clock, ids
from tests import oauth
from tests.domain.clients.fetched import TableFetcher, document
from tests.tools.installation import running
from tests.web.oauth.gadget import answered, gadget
from tests.web.oauth.journey import (
    NAMES,
    approval,
    as_agent,
    registered,
    registration,
    statuses,
)
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import BASE, told, visitor

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOLD = metadata.server(BASE)
ENDPOINTS = {name: value.removeprefix(BASE) for name, value in TOLD.items() if "endpoint" in name and isinstance(value, str)}  # fmt: skip
RSA, EC = RSAKey.generate_key(2048, {"kid": "rsa"}), ECKey.generate_key("P-256", {"kid": "ec"})
EC384, SECRET = ECKey.generate_key("P-384", {"kid": "ec3"}), OctKey.import_key("k" * 64)
KEYS = {
    "RS256": RSA, "PS256": RSA, "RS512": RSA, "ES256": EC, "ES384": EC384, "HS256": SECRET,
    "none": SECRET,
}  # fmt: skip
JWKS = {"keys": [key.as_dict(private=False) for key in (RSA, EC, EC384)]}


# Each way in which a client proves itself.


def assertion(client, algorithm):
    now = clock.milliseconds(clock.now()) // 1000
    claims = {"iss": client.client_id, "sub": client.client_id, "aud": BASE, "jti": ids.new("j"), "iat": now, "exp": now + 60}  # fmt: skip
    header = {"alg": algorithm, "kid": KEYS[algorithm].kid or "none"}
    if algorithm == "none":
        parts = (json.dumps(each).encode() for each in (header, claims))
        made = ".".join([*(urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts), ""])
        return {"client_assertion": made, "client_assertion_type": TYPE}
    made = jwt.encode(header, claims, KEYS[algorithm], algorithms=[algorithm])
    return {"client_assertion": made, "client_assertion_type": TYPE}


def prover(polis, method, algorithm="ES256"):
    """A client of one method, and how it sends a form with its proof."""
    keys = {"jwks": JWKS} if method == "private_key_jwt" else {}
    client = oauth.client(polis.services, auth_methods=method, **keys)
    plain, secret = Program(polis.app, client), ""
    if method.startswith("client_secret"):
        with polis.services.transaction() as session:
            secret = client_secrets.issue(session, client.id, clock.now())

    def send(path, form):
        if method == "client_secret_basic":
            return Program(polis.app, client, secret).send(path, form)
        proof = {
            "client_secret_post": {"client_secret": secret},
            "private_key_jwt": assertion(client, algorithm),
        }.get(method, {})
        return plain.send(path, {"client_id": client.client_id, **form, **proof})

    return client, send


def proves_at(endpoint, polis, kim, method, algorithm="ES256"):
    """The status an endpoint answers a client with that proves itself so."""
    client, send = prover(polis, method, algorithm)
    given = oauth.approved(polis.services, kim.who, client, scopes=("mcp",))
    if endpoint == "token":
        return send(ENDPOINTS["token_endpoint"], exchanged(given)).status_code
    token = oauth.redeem(polis.services, given).access_token
    answer = send(ENDPOINTS[f"{endpoint}_endpoint"], {"token": token})
    if endpoint == "introspection" and answer.status_code == 200:
        assert answer.json["active"]
    if endpoint == "revocation":
        assert (statuses(polis, kim.who, token) == [401, 401]) is (answer.status_code == 200)
    return answer.status_code


def exchanged(given):
    return {
        "grant_type": "authorization_code", "code": given.code, "redirect_uri": oauth.REDIRECT,
        "code_verifier": oauth.VERIFIER,
    }  # fmt: skip


# What makes use of an advertised value: it passes where the value works.


def scope(polis, kim, value):
    client, program = registered(polis)
    made = program.exchange(approval(kim, client, scope=value)).json
    assert made["scope"] == value


def grant_type(polis, kim, value):
    client, program = registered(polis)
    if value.endswith("device_code"):
        device = gadget(polis)
        device.ask()
        answered(kim, device)
        assert device.poll().status_code == 200
    elif value == "client_credentials":
        facts = {"kind": "developer", "organization_id": kim.who.organization_id, "auth_methods": "client_secret_basic", "client_credentials": True}  # fmt: skip
        app = oauth.client(polis.services, **facts)
        with polis.services.transaction() as session:
            secret = client_secrets.issue(session, app.id, clock.now())
        assert Program(polis.app, app, secret).ask(grant_type=value).status_code == 200
    else:
        made = program.exchange(approval(kim, client))
        if value == "refresh_token":
            made = program.refresh(made.json["refresh_token"])
        assert made.status_code == 200


def response(name):
    def use(polis, kim, value):
        page = kim.ask(oauth.client(polis.services), **{name: value})
        assert "code" in told(kim.answer(page, "approve"))

    return use


def method_at(endpoint):
    def use(polis, kim, value):
        if value == "Bearer":
            token = oauth.tokens(polis.services, kim.who).access_token
            path, form = ENDPOINTS["introspection_endpoint"], {"token": token}
            program = Program(polis.app, oauth.client(polis.services))
            assert program.send(path, form, Authorization=f"Bearer {token}").json["active"]
        else:
            assert proves_at(endpoint, polis, kim, value) == 200

    return use


def algorithm_at(endpoint):
    return lambda polis, kim, value: _is(
        proves_at(endpoint, polis, kim, "private_key_jwt", value), 200
    )


def _is(found, expected):
    assert found == expected


def id_token(polis, kim, **facts):
    """Header and claims of an id_token that the key set vouches for."""
    client, program = registered(polis, **facts)
    given = approval(kim, client, scope="openid profile email", nonce="n-1")
    made = program.exchange(given).json["id_token"]
    keys = KeySet.import_key_set(kim.get(TOLD["jwks_uri"].removeprefix(BASE)).json)
    token = jwt.decode(made, keys, algorithms=TOLD["id_token_signing_alg_values_supported"])
    return token.header, token.claims


def subject_type(polis, kim, value):
    assert value == "public"
    assert len({id_token(polis, kim)[1]["sub"] for _ in range(2)}) == 1


def prompt(polis, kim, value):
    answer = kim.ask(oauth.client(polis.services), prompt=value)
    if value == "none":
        assert told(answer)["error"] == "consent_required"
    elif value == "login":
        assert answer.headers["Location"].startswith("/login?")
    else:
        assert answer.status_code == 200


def locale(polis, kim, value):
    assert f'lang="{value}"' in kim.ask(oauth.client(polis.services)).text


USES = {
    "scopes_supported": scope,
    "response_types_supported": response("response_type"),
    "response_modes_supported": response("response_mode"),
    "code_challenge_methods_supported": response("code_challenge_method"),
    "grant_types_supported": grant_type,
    "subject_types_supported": subject_type,
    "prompt_values_supported": prompt,
    "ui_locales_supported": locale,
    "claims_supported": lambda polis, kim, value: _is(value in id_token(polis, kim)[1], True),
    "id_token_signing_alg_values_supported": lambda polis, kim, value: _is(
        id_token(polis, kim, id_token_signed_response_alg=value)[0]["alg"], value
    ),
    **{f"{each}_endpoint_auth_methods_supported": method_at(each) for each in ("token", "revocation", "introspection")},
    **{f"{each}_endpoint_auth_signing_alg_values_supported": algorithm_at(each) for each in ("token", "revocation", "introspection")},
}  # fmt: skip
LISTS = {name: value for name, value in TOLD.items() if isinstance(value, (list, tuple))}


def test_s9_every_list_of_the_document_is_made_use_of_here(kim):
    for path in ("oauth-authorization-server", "openid-configuration"):
        document_ = kim.get(f"/.well-known/{path}").json
        assert {n: tuple(v) for n, v in document_.items() if n in LISTS} == {
            name: tuple(value) for name, value in LISTS.items()
        }
    assert LISTS.keys() == USES.keys()


@pytest.mark.parametrize(
    ("member", "value"), [(name, value) for name, values in LISTS.items() for value in values]
)
def test_s9_what_is_advertised_works(polis, kim, member, value):
    USES[member](polis, kim, value)


# And what is not advertised is refused, by the word the standard has for it.

UNADVERTISED = {
    "scope": (["admin", "address", "phone", "mcp:write"], "invalid_scope"),
    "response_type": (["token", "id_token", "code id_token", "none"], "unsupported_response_type"),
    "response_mode": (["fragment", "form_post", "query.jwt", "web_message"], "invalid_request"),
    "code_challenge_method": (["plain", "S512", "s256"], "invalid_request"),
    "prompt": (["create", "select_account"], "invalid_request"),
    "request": (["eyJ"], "request_not_supported"),
    "request_uri": (["https://app.example/r"], "request_uri_not_supported"),
}


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [(name, value, error) for name, (values, error) in UNADVERTISED.items() for value in values],
)
def test_s9_what_is_not_advertised_does_not_work_at_the_door(polis, kim, name, value, error):
    assert told(kim.ask(oauth.client(polis.services), **{name: value}))["error"] == error


@pytest.mark.parametrize(
    "grant",
    ["password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer",
     "urn:ietf:params:oauth:grant-type:token-exchange", "urn:openid:params:grant-type:ciba"],
)  # fmt: skip
def test_s9_no_other_grant_works(polis, grant):
    answer = Program(polis.app, oauth.client(polis.services)).ask(grant_type=grant)
    assert answer.json["error"] == "unsupported_grant_type"


@pytest.mark.parametrize("algorithm", ["HS256", "PS256", "RS512", "ES384", "none"])
@pytest.mark.parametrize("endpoint", ["token", "revocation", "introspection"])
def test_s9_no_other_algorithm_proves_a_client(polis, kim, endpoint, algorithm):
    assert proves_at(endpoint, polis, kim, "private_key_jwt", algorithm) == 401


def test_s9_no_other_method_proves_a_client(polis, kim):
    for method in ("client_secret_jwt", "tls_client_auth", "self_signed_tls_client_auth"):
        assert registration(polis, token_endpoint_auth_method=method).status_code == 400
    assert proves_at("introspection", polis, kim, "none") == 401
    for algorithm in ("HS256", "none", "PS256"):
        assert registration(polis, id_token_signed_response_alg=algorithm).status_code == 400


def test_s9_no_other_claim_is_told(polis, kim):
    claims = id_token(polis, kim)[1]
    assert set(claims) <= set(TOLD["claims_supported"])
    assert TOLD["claims_parameter_supported"] is False
    asked = kim.ask(oauth.client(polis.services), claims='{"id_token":{"phone_number":null}}')
    assert asked.status_code == 200  # an unknown parameter is left aside (RFC 6749 §3.1)


def test_s9_a_document_is_a_client_as_advertised(polis):
    assert TOLD["client_id_metadata_document_supported"] is True
    its = f"https://app.example/{ids.new('c')}.json"
    world = TableFetcher(**{its: document(its)})
    with running(replace(polis.services, fetcher=world)) as installation:
        kim = visitor(installation)
        client = oauth.client(polis.services)._replace(client_id=its)
        given = approval(kim, client)
        assert Program(installation.app, client).exchange(given).status_code == 200


def test_s9_every_page_and_endpoint_named_is_there_and_no_other(polis, kim):
    for name in ("service_documentation", "op_policy_uri", "op_tos_uri", "jwks_uri"):
        assert kim.get(TOLD[name].removeprefix(BASE)).status_code == 200, name
    rules = polis.app.url_map.bind("127.0.0.1:8000")
    for name, path in ENDPOINTS.items():
        assert "POST" in rules.allowed_methods(path) or name == "authorization_endpoint"
    for path in ("par", "logout", "end_session", "ciba", "authorize"):
        assert kim.post(f"/api/oauth/{path}", {}).status_code == 404


@pytest.mark.parametrize("path", NAMES)
def test_s9_the_resource_is_what_its_document_says(polis, kim, path):
    said = kim.get(f"/.well-known/oauth-protected-resource{path}").json
    assert said["authorization_servers"] == [TOLD["issuer"]] == [BASE]
    for scope_ in said["scopes_supported"]:
        client, program = registered(polis)
        given = approval(kim, client, scope=scope_, resource=said["resource"])
        token = program.exchange(given, resource=said["resource"]).json["access_token"]
        assert as_agent(polis, kim.who, token, path).ask("tools/list").status_code == 200
        stranger = polis.as_(None, f"{path}?access_token={token}")
        assert stranger.ask("tools/list").status_code == 401  # header, as advertised, alone
    for name in ("resource_documentation", "resource_policy_uri", "resource_tos_uri"):
        assert kim.get(said[name].removeprefix(BASE)).status_code == 200
