"""Whatever a registration holds, the answer is a registration or a refusal, never a failure."""

import pytest

from tests.web.oauth.registrar import Registrar

FIELDS = [
    "redirect_uris", "client_name", "token_endpoint_auth_method", "grant_types", "response_types",
    "scope", "client_uri", "logo_uri", "tos_uri", "policy_uri", "contacts", "jwks", "jwks_uri",
    "software_id", "software_version", "software_statement", "application_type",
    "id_token_signed_response_alg", "client_id", "client_name#de", "",
]  # fmt: skip
RUBBISH = [
    None, "", " ", "\x00", "\ufeff", "\u202e", "x" * 600, "https://", "https://[x/", "a://[x",
    ["https://[1]/"], ["a://b]c/"], "javascript:alert(1)", 0, -1,
    1e300, True, [], [None], [[]], [{}], ["\x00"], ["x" * 600], [""] * 50, {}, {"keys": None},
    {"keys": [{}]}, {"keys": [{"kty": "RSA", "n": "AQ", "e": "AQAB"}]},
    {"keys": [{"kty": "RSA", "n": 1, "e": []}]}, {"keys": [{"kty": "EC", "crv": "P-999"}]},
    {"keys": [{"kty": "EC", "crv": "P-256", "x": "\x00", "y": ""}]}, {"a": {"b": {"c": []}}},
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_of_any_field_breaks_registration(services, field):
    registrar = Registrar(services)
    for value in RUBBISH:
        answer = registrar.register(**{field: value})
        assert answer.status_code in {201, 400}, (value, answer.text)
        known = answer.get_json()
        assert ("client_id" in known) is (answer.status_code == 201)
        assert None not in known.values()


def test_no_value_of_any_field_breaks_a_change(services):
    registrar = Registrar(services)
    told = registrar.register().get_json()
    path = f"/api/oauth/register/{told['client_id']}"
    for field in FIELDS:
        for value in RUBBISH:
            facts = {"redirect_uris": ["http://localhost/callback"], field: value}
            token = told["registration_access_token"]
            answer = registrar.ask("PUT", path, token=token, json=facts)
            assert answer.status_code in {200, 400}, (field, value, answer.text)
            told = answer.get_json() if answer.status_code == 200 else told
