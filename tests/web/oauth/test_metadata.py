"""What we tell clients about ourselves: at every address they look, and in the same words."""

from dataclasses import replace

import pytest

from tests.tools.installation import running

BASE = "http://127.0.0.1:8000"
WELL_KNOWN = "/.well-known"
RESOURCE = f"{WELL_KNOWN}/oauth-protected-resource"
SERVER = f"{WELL_KNOWN}/oauth-authorization-server"
OPENID = f"{WELL_KNOWN}/openid-configuration"

RESOURCES = {
    RESOURCE: "/api/mcp",
    f"{RESOURCE}/api/mcp": "/api/mcp",
    f"{RESOURCE}/mcp": "/mcp",
    f"/api/mcp{RESOURCE}": "/api/mcp",
    f"/mcp{RESOURCE}": "/mcp",
    f"{RESOURCE}/mcp/": "/mcp",
}
SERVERS = (SERVER, f"{SERVER}/api/mcp", f"{SERVER}/mcp", OPENID)


def _get(polis, path, host="127.0.0.1:8000", **more):
    return polis.app.test_client().get(path, headers={"Host": host}, **more)


@pytest.mark.parametrize(("path", "name"), RESOURCES.items())
def test_the_resource_is_described_wherever_clients_look(polis, path, name):
    answer = _get(polis, path)
    assert answer.status_code == 200
    assert answer.json == {
        "resource": f"{BASE}{name}",
        "authorization_servers": [BASE],
        "bearer_methods_supported": ["header"],
        "scopes_supported": ["mcp", "mcp:read"],
        "resource_name": "Polis",
        "resource_documentation": f"{BASE}/docs",
        "resource_policy_uri": f"{BASE}/privacy",
        "resource_tos_uri": f"{BASE}/terms",
    }


def test_the_root_document_is_byte_for_byte_that_of_the_first_name(polis):
    assert _get(polis, RESOURCE).data == _get(polis, f"{RESOURCE}/api/mcp").data


@pytest.mark.parametrize("path", SERVERS)
def test_the_server_is_described_in_the_same_words_everywhere(polis, path):
    answer = _get(polis, path)
    assert answer.status_code == 200
    assert answer.data == _get(polis, SERVER).data
    assert answer.json["issuer"] == BASE


def test_the_server_tells_what_claude_and_chatgpt_choose_by(polis):
    told = _get(polis, SERVER).json
    assert told["token_endpoint_auth_methods_supported"][0] == "none"
    assert "private_key_jwt" in told["token_endpoint_auth_methods_supported"]
    assert told["client_id_metadata_document_supported"] is True
    assert told["authorization_response_iss_parameter_supported"] is True
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["response_types_supported"] == ["code"]
    assert told["response_modes_supported"] == ["query"]
    assert "offline_access" in told["scopes_supported"]
    assert told["device_authorization_endpoint"] == f"{BASE}/api/oauth/device"
    assert "urn:ietf:params:oauth:grant-type:device_code" in told["grant_types_supported"]
    assert not {"none", "plain", "implicit", "password"} & {
        *told["code_challenge_methods_supported"],
        *told["grant_types_supported"],
        *told["introspection_endpoint_auth_methods_supported"],
    }


def test_no_member_is_empty_and_every_address_is_ours(polis):
    told = _get(polis, SERVER).json
    assert all(value not in (None, "", [], {}) for value in told.values())
    for name, value in told.items():
        if name.endswith(("_endpoint", "_uri", "_documentation")) or name == "issuer":
            assert value == BASE or value.startswith(f"{BASE}/"), name


def test_every_address_of_the_documents_leads_somewhere(polis):
    told, rules = _get(polis, SERVER).json, polis.app.url_map.bind("127.0.0.1:8000")
    told |= {
        name: value for name, value in _get(polis, RESOURCE).json.items() if name != "resource"
    }
    for name, value in told.items():
        if isinstance(value, str) and value.startswith(f"{BASE}/"):
            path = value.removeprefix(BASE)
            assert rules.allowed_methods(path), f"{name}: {path}"


REQUIRED = {  # RFC 8414 §2, OpenID Connect Discovery §3
    "issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported",
    "subject_types_supported", "id_token_signing_alg_values_supported",
}  # fmt: skip


def test_the_document_has_what_both_standards_require(polis):
    secure = polis.services.settings.model_copy(update={"base_url": "https://polis.example"})
    with running(replace(polis.services, settings=secure)) as installation:
        told = _get(installation, SERVER, "polis.example").json
    assert told.keys() >= REQUIRED
    assert told["issuer"] == "https://polis.example"
    assert "RS256" in told["id_token_signing_alg_values_supported"]
    assert told["token_endpoint_auth_signing_alg_values_supported"] == ["RS256", "ES256"]
    assert all(told[name].startswith("https://") for name in told if name.endswith("_endpoint"))


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
@pytest.mark.parametrize("path", [RESOURCE, *SERVERS])
def test_in_development_the_name_that_was_asked_stands_for_us(polis, host, path):
    answer = _get(polis, path, host)
    told = [answer.json.get("issuer"), *answer.json.get("authorization_servers", [])]
    assert set(told) - {None} == {f"http://{host}"}
    assert f"http://{host}/" in answer.text
    assert not {"localhost", "127.0.0.1", "[::1]"} - {host.removesuffix(":8000")} & {
        name for name in ("localhost", "127.0.0.1", "[::1]") if name in answer.text
    }


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "polis.example:443"]
)
def test_in_production_the_issuer_is_one_string(polis, host):
    live = {"base_url": "https://polis.example", "env": "production"}
    settings = polis.services.settings.model_copy(update=live)
    with running(replace(polis.services, settings=settings)) as installation:
        answer = _get(installation, SERVER, host)
    if host == "polis.example:443":
        assert answer.json["issuer"] == "https://polis.example"
    else:
        assert answer.status_code == 421


@pytest.mark.parametrize("path", [*RESOURCES, *SERVERS])
def test_any_web_page_may_read_the_documents(polis, path):
    assert _get(polis, path).headers["Access-Control-Allow-Origin"] == "*"
    client = polis.app.test_client()
    preflight = client.options(path, headers={"Host": "127.0.0.1:8000"})
    assert preflight.status_code in {200, 204}
    assert "mcp-protocol-version" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/mcp", "/api/mcp"])
def test_a_document_is_no_message_to_the_endpoint(polis, path):
    assert _get(polis, f"{path}/.well-known/nothing").status_code == 404
