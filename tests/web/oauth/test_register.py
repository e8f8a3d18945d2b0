"""Dynamic registration: what is echoed, refused, counted, and swept."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from joserfc.jwk import ECKey

from app.domain.clients import sweep
from app.kit import clock
from tests.web.oauth.registrar import BASE, PATH, Registrar

CLAUDE = {
    "client_name": "Claude",
    "redirect_uris": ["https://claude.ai/api/mcp/auth_callback"],
    "grant_types": ["authorization_code", "refresh_token"],
    "response_types": ["code"],
    "token_endpoint_auth_method": "none",
    "scope": "mcp offline_access",
}
PUBLIC = ECKey.generate_key("P-256").as_dict(private=False)
METADATA, REDIRECT = "invalid_client_metadata", "invalid_redirect_uri"


@pytest.fixture
def registrar(services):
    return Registrar(services)


def test_a_registration_is_echoed_as_it_was_asked_with_its_own_id_and_token(registrar):
    answer = registrar.ask(json=CLAUDE)
    told = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert {field: told[field] for field in CLAUDE} == CLAUDE
    assert told["client_id"].startswith("polis_ci_")
    assert told["registration_access_token"].startswith("polis_crt_")
    assert told["registration_client_uri"] == f"{BASE}{PATH}/{told['client_id']}"
    assert told["client_id_issued_at"] > 0


def test_gap_11_a_public_client_gets_no_secret(registrar):
    told = registrar.ask(json=CLAUDE).get_json()
    assert not {"client_secret", "client_secret_expires_at"} & told.keys()


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_confidential_client_gets_a_secret_and_its_own_method_back(registrar, method):
    told = registrar.register(token_endpoint_auth_method=method).get_json()
    assert told["token_endpoint_auth_method"] == method
    assert told["client_secret"].startswith("polis_cs_")
    assert told["client_secret_expires_at"] == 0


def test_a_client_that_signs_gets_no_secret_and_its_keys_back(registrar):
    jwks = {"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}
    told = registrar.register(token_endpoint_auth_method="private_key_jwt", jwks=jwks).get_json()
    assert told["jwks"] == jwks
    assert "client_secret" not in told


def test_what_is_absent_means_a_public_client_with_every_scope(registrar):
    told = registrar.register().get_json()
    assert told["token_endpoint_auth_method"] == "none"
    assert told["grant_types"] == ["authorization_code", "refresh_token"]
    assert told["scope"] == "mcp mcp:read openid profile email offline_access"


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_no_field_is_null_or_empty(registrar, empty):
    fields = ("scope", "client_uri", "logo_uri", "tos_uri", "policy_uri", "contacts", "jwks")
    known = {name: empty for name in fields if not isinstance(empty, list | dict)}
    told = registrar.register(**known | ({"contacts": empty} if empty == [] else {})).get_json()
    assert [field for field, value in told.items() if value in (None, "", [], {})] == []
    assert "client_uri" not in told


def test_the_kind_of_application_is_echoed_and_unknown_members_are_ignored(registrar):
    told = registrar.register(
        application_type="native", software_id="x-1", contacts=["a@example.com"], favourite="blue"
    ).get_json()
    assert (told["application_type"], told["software_id"]) == ("native", "x-1")
    assert told["contacts"] == ["a@example.com"]
    assert "favourite" not in told


def test_grants_and_scopes_we_do_not_offer_are_left_out_of_the_echo(registrar):
    told = registrar.register(
        grant_types=["authorization_code", "client_credentials", "implicit"],
        scope="mcp admin",
    ).get_json()
    assert told["grant_types"] == ["authorization_code"]
    assert told["scope"] == "mcp"


def test_gap_12_a_name_is_cleaned_before_it_is_kept(registrar):
    told = registrar.register(client_name="My\u202e app\x00 " + "\u200b" * 100).get_json()
    assert told["client_name"] == "My app"


def test_two_equal_registrations_are_two_clients(registrar):
    one, two = (registrar.ask(json=CLAUDE).get_json() for _ in range(2))
    assert one["client_id"] != two["client_id"]
    assert one["registration_access_token"] != two["registration_access_token"]
    assert registrar.known(one["client_id"]).id != registrar.known(two["client_id"]).id


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"redirect_uris": None}, REDIRECT),
        ({"redirect_uris": []}, REDIRECT),
        ({"redirect_uris": "https://x.example/cb"}, REDIRECT),
        ({"redirect_uris": [1]}, REDIRECT),
        ({"redirect_uris": ["http://evil.com/cb"]}, REDIRECT),
        ({"redirect_uris": ["https://*.x.com/cb"]}, REDIRECT),
        ({"redirect_uris": ["javascript:alert(1)"]}, REDIRECT),
        ({"redirect_uris": [f"https://x.example/{n}" for n in range(11)]}, REDIRECT),
        ({"redirect_uris": ["https://x.example/" + "a" * 483]}, REDIRECT),
        (
            {"redirect_uris": ["app:/cb"], "token_endpoint_auth_method": "client_secret_post"},
            REDIRECT,
        ),
        ({"redirect_uris": ["myapp://[x/cb"]}, REDIRECT),
        ({"redirect_uris": ["https://[1]/cb"]}, REDIRECT),
        ({"client_name": "n" * 81}, METADATA),
        ({"client_name": 7}, METADATA),
        ({"client_name": "\u3164"}, METADATA),
        ({"client_name": "Claude", "redirect_uris": ["https://evil.example/cb"]}, METADATA),
        ({"client_name": "P\u03bflis", "redirect_uris": ["https://evil.example/cb"]}, METADATA),
        ({"token_endpoint_auth_method": "client_secret_jwt"}, METADATA),
        ({"token_endpoint_auth_method": "private_key_jwt"}, METADATA),
        ({"grant_types": ["client_credentials"]}, METADATA),
        ({"grant_types": ["refresh_token"]}, METADATA),
        ({"grant_types": "authorization_code"}, METADATA),
        ({"response_types": ["token"]}, METADATA),
        ({"scope": "admin"}, METADATA),
        ({"scope": ["mcp"]}, METADATA),
        ({"client_uri": "javascript:alert(1)"}, METADATA),
        ({"policy_uri": "https://user@evil.example/"}, METADATA),
        ({"client_uri": "https://[x/"}, METADATA),
        ({"tos_uri": "https://a]b/"}, METADATA),
        ({"logo_uri": "https://[1]/"}, METADATA),
        ({"jwks_uri": "https://[x/"}, METADATA),
        ({"jwks_uri": "http://x.example/keys"}, METADATA),
        ({"jwks": {"keys": []}}, METADATA),
        ({"jwks": {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}}, METADATA),
        ({"jwks": {"keys": [{"kty": "EC", "crv": "P-256", "x": "x", "y": "y"}]}}, METADATA),
        ({"jwks": {"keys": [ECKey.generate_key("P-256").as_dict(private=True)]}}, METADATA),
        ({"jwks": {"keys": [{"kty": "RSA", "n": "x" * 171, "e": "AQAB"}]}}, METADATA),
        ({"contacts": [{}]}, METADATA),
        ({"jwks": {"keys": [PUBLIC]}, "jwks_uri": "https://x.example/keys"}, METADATA),
        ({"application_type": "spaceship"}, METADATA),
        ({"id_token_signed_response_alg": "none"}, METADATA),
    ],
)
def test_s11_a_bad_registration_is_refused_by_name(registrar, facts, error):
    answer = registrar.register(**facts)
    told = answer.get_json()
    assert (answer.status_code, told["error"]) == (400, error)
    assert told["error_description"]
    assert told["error_uri"] == f"{BASE}/docs/troubleshooting#{error}"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 5000, b'{"client_name": "\\ud800"}']
)
def test_what_is_no_json_object_is_refused(registrar, body):
    answer = registrar.ask(data=body)
    assert (answer.status_code, answer.get_json()["error"]) == (400, METADATA)


def test_gap_12_a_body_of_more_than_16_kb_is_too_large(registrar):
    whole = json.dumps({**CLAUDE, "note": ""})
    just = json.dumps({**CLAUDE, "note": "x" * (16 * 1024 - len(whole))})
    assert registrar.ask(data=just.encode()).status_code == 201
    assert registrar.ask(data=just.encode() + b" ").status_code == 413
    assert registrar.ask(data=b"x" * 2_000_000).status_code == 413


def test_a_device_needs_no_address_to_send_codes_to(registrar):
    device = "urn:ietf:params:oauth:grant-type:device_code"
    told = registrar.register(redirect_uris=None, grant_types=[device, "refresh_token"]).get_json()
    assert not {"redirect_uris", "response_types"} & told.keys()
    assert told["grant_types"] == ["refresh_token", device]


def test_our_own_failure_has_the_form_of_every_refusal(services):
    broken = Registrar(counted(services, "192.0.2.9", limits={}).services)
    answer = broken.ask(json=CLAUDE)
    assert (answer.status_code, answer.get_json()["error"]) == (500, "server_error")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_get_of_the_endpoint_is_405_in_the_form_of_every_refusal(registrar):
    answer = registrar.ask("GET", json=None)
    assert answer.status_code == 405
    assert answer.get_json()["error"] == "invalid_request"
    assert "POST" in answer.headers["Allow"]
    assert answer.headers["X-Request-Id"]


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 204), ("POST", 201), ("GET", 405)])
def test_any_web_page_may_register(registrar, method, status):
    answer = registrar.ask(method, json=CLAUDE)
    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_names_the_headers_clients_send(registrar):
    allowed = registrar.ask("OPTIONS").headers["Access-Control-Allow-Headers"]
    assert allowed == "content-type, authorization, mcp-protocol-version"


@pytest.mark.parametrize("path", ["/oauth/authorize", "/api/oauth/introspect", "/api/oauth/device"])
def test_pages_and_other_endpoints_are_no_web_pages_to_call(registrar, path):
    answer = registrar.ask("OPTIONS", path)
    assert "Access-Control-Allow-Origin" not in answer.headers


def counted(services, address, **more):
    settings = services.settings.model_copy(
        update={"rate_limits": True, "shared_egress": ("160.79.104.0/21",)}
    )
    return Registrar(replace(services, settings=settings, **more), address)


def test_s11_a_network_registers_20_clients_an_hour(services):
    flooding, other = counted(services, "192.0.2.7"), counted(services, "192.0.2.8")
    answers = [flooding.ask(json=CLAUDE) for _ in range(24)]
    assert [answer.status_code for answer in answers].count(201) == 20
    assert answers[-1].status_code == 429
    assert answers[-1].get_json()["error"] == "temporarily_unavailable"
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert other.ask(json=CLAUDE).status_code == 201


def test_a_bad_registration_is_not_counted_less_than_a_good_one(services):
    flooding = counted(services, "2001:db8::1")
    assert {flooding.register(redirect_uris=[]).status_code for _ in range(20)} == {400}
    assert flooding.ask(json=CLAUDE).status_code == 429


def test_a_range_many_people_share_has_room_for_them(services):
    one, two = counted(services, "160.79.104.1"), counted(services, "160.79.111.9")
    assert {each.ask(json=CLAUDE).status_code for each in (one, two) * 15} == {201}


def test_s11_a_registration_nobody_used_is_gone_after_24_hours(registrar):
    began = clock.now()
    unused = registrar.register(token_endpoint_auth_method="client_secret_post").get_json()
    for after, left in ((timedelta(hours=23), True), (timedelta(hours=24, seconds=5), False)):
        with registrar.services.transaction() as session:
            sweep.unused(session, began + after)
        assert (registrar.known(unused["client_id"]) is not None) is left


def test_a_registration_is_kept_to_the_day_it_was_made(registrar):
    with time_machine.travel("2030-01-01T00:00:00Z", tick=False):
        assert registrar.register().get_json()["client_id_issued_at"] == 1893456000
