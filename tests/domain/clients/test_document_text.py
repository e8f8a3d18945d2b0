"""What makes a document a client, and what makes it none."""

import json

import pytest

from app.domain.clients import document_text, shipped
from app.domain.clients.document_text import BadDocument
from tests.domain.clients.fetched import ADDRESS, document

KEYS = {"keys": [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "kid": "1", "ext": True}]}


def read(page, address=ADDRESS):
    body = page if isinstance(page, bytes) else json.dumps(page).encode()
    return document_text.read(address, body, "polis.example")


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe{}",
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        document(client_id=None),
        document(client_id=ADDRESS + "/"),
        document(client_id=ADDRESS.upper()),
        document(client_id=[ADDRESS]),
        document(client_name=None),
        document(client_name=""),
        document(client_name=7),
        document(client_name="\u202e \x00"),
        document(client_name="x" * 81),
        document(client_name="Claude"),
        document(client_name="Сlaude"),  # noqa: RUF001 # Cyrillic on purpose
        document(client_name="Polis"),
        document(redirect_uris=None),
        document(redirect_uris=[]),
        document(redirect_uris="https://app.example/callback"),
        document(redirect_uris=[7]),
        document(redirect_uris=["http://app.example/callback"]),
        document(redirect_uris=["javascript:alert(1)"]),
        document(redirect_uris=["myapp://[x/cb"]),
        document(redirect_uris=[f"https://app.example/{n}" for n in range(11)]),
        document(client_secret="abc"),
        document(token_endpoint_auth_method="client_secret_basic"),
        document(token_endpoint_auth_method="private_key_jwt"),
        document(token_endpoint_auth_method=["none"]),
        document(jwks={"keys": []}),
        document(jwks={"keys": [{"kty": "EC", "d": "private"}]}),
        document(jwks={"keys": [{"kty": "oct", "k": "shared"}]}),
        document(jwks={"keys": ["text"]}),
        document(jwks=[]),
        document(jwks_uri="https://other.example/jwks.json"),
        document(jwks_uri="http://app.example/jwks.json"),
        document(jwks_uri="https://app.example@evil.example/jwks.json"),
        document(jwks_uri=7),
    ],
    ids=lambda page: repr(page)[:60],
)
def test_a_document_with_a_fault_makes_no_client(page):
    with pytest.raises(BadDocument) as caught:
        read(page)
    assert len(str(caught.value)) <= 80


def test_what_is_absent_means_the_whole_default_set():
    found = read(document(token_endpoint_auth_method=None))
    assert found.auth_methods == "none"
    assert found.grant_types == "authorization_code refresh_token"
    assert found.scopes == "mcp mcp:read openid profile email offline_access"


@pytest.mark.parametrize(
    ("members", "methods"),
    [
        ({"token_endpoint_auth_methods_supported": ["none", "private_key_jwt"]}, "none"),
        (
            {"token_endpoint_auth_methods_supported": ["private_key_jwt"], "jwks": KEYS},
            "none private_key_jwt",
        ),
        (
            {"token_endpoint_auth_method": "private_key_jwt", "jwks": KEYS},
            "private_key_jwt",
        ),
        (
            {
                "token_endpoint_auth_method": "private_key_jwt",
                "jwks_uri": "https://app.example/keys",
            },
            "private_key_jwt",
        ),
    ],
    ids=str,
)
def test_every_method_that_needs_no_shared_secret_may_be_used(members, methods):
    assert read(document(**members)).auth_methods == methods


def test_grants_and_scopes_we_do_not_have_are_left_out():
    found = read(document(grant_types=["implicit", "authorization_code"], scope="mcp admin"))
    assert (found.grant_types, found.scopes) == ("authorization_code", "mcp")


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://app.example", True),
        ("https://app.example/", True),
        ("https://app.example/terms?x=1", True),
        ("http://app.example/", False),
        ("javascript:alert(1)", False),
        ("https://app.example/\x00", False),
        ("https://app.example/\ud800", False),
        (7, False),
        ("https://a@app.example/", False),
    ],
)
def test_an_odd_link_is_left_out(link, kept):
    assert read(document(tos_uri=link)).tos_uri == (link if kept else None)


def test_only_plain_members_of_public_keys_are_kept():
    assert read(document(jwks=KEYS)).jwks == {
        "keys": [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "kid": "1"}]
    }


def test_a_vendor_may_use_its_own_name_with_redirects_elsewhere():
    address = "https://cursor.com/oauth/mcp-client.json"
    page = document(address, client_name="Cursor", redirect_uris=["https://grok.com/x"])
    assert read(page, address).name == "Cursor"


def test_every_shipped_copy_is_a_valid_document():
    found = [
        read(shipped.copy_of(each, shipped.as_of()), each).name for each in shipped.addresses()
    ]
    assert found == ["Claude", "Claude Code", "ChatGPT", "Codex", "Cursor", "Grok"]
