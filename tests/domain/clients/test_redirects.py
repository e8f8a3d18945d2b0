"""Redirect URIs: what may be registered, and that nothing but the registered comes through."""

import pytest

from app.domain.clients import redirects
from tests.domain.clients.known import client

REGISTERED = "https://app.example.com/oauth/callback?tenant=a"
MUTATIONS = [
    "https://app.example.com/oauth/callback?tenant=a/",
    "https://app.example.com/oauth/callback/?tenant=a",
    "https://app.example.com/oauth/callback",
    "https://app.example.com/oauth/callback?",
    "https://app.example.com/oauth/callback?tenant=A",
    "https://app.example.com/oauth/callback?tenant=a&x=1",
    "https://app.example.com/oauth/callback?x=1&tenant=a",
    "https://app.example.com/oauth/callback?tenant=a#",
    "https://app.example.com/oauth/callback?tenant=a#x",
    "https://app.example.com/oauth/Callback?tenant=a",
    "https://app.example.com/OAUTH/callback?tenant=a",
    "https://APP.example.com/oauth/callback?tenant=a",
    "HTTPS://app.example.com/oauth/callback?tenant=a",
    "http://app.example.com/oauth/callback?tenant=a",
    "ftp://app.example.com/oauth/callback?tenant=a",
    "//app.example.com/oauth/callback?tenant=a",
    "https:/app.example.com/oauth/callback?tenant=a",
    "https:app.example.com/oauth/callback?tenant=a",
    "https://app.example.com:443/oauth/callback?tenant=a",
    "https://app.example.com:8443/oauth/callback?tenant=a",
    "https://app.example.com./oauth/callback?tenant=a",
    "https://evil.app.example.com/oauth/callback?tenant=a",
    "https://app.example.com.evil.com/oauth/callback?tenant=a",
    "https://appXexample.com/oauth/callback?tenant=a",
    "https://example.com/oauth/callback?tenant=a",
    "https://user@app.example.com/oauth/callback?tenant=a",
    "https://app.example.com@evil.com/oauth/callback?tenant=a",
    "https://app.example.com%40evil.com/oauth/callback?tenant=a",
    "https://app.example.com\\@evil.com/oauth/callback?tenant=a",
    "https://\u0430pp.example.com/oauth/callback?tenant=a",
    "https://xn--pp-7lb.example.com/oauth/callback?tenant=a",
    "https://app.example.com/oauth/./callback?tenant=a",
    "https://app.example.com/x/../oauth/callback?tenant=a",
    "https://app.example.com/oauth/%63allback?tenant=a",
    "https://app.example.com/oauth%2fcallback?tenant=a",
    "https://app.example.com//oauth/callback?tenant=a",
    "https://app.example.com/oauth/callback;x?tenant=a",
    " https://app.example.com/oauth/callback?tenant=a",
    "https://app.example.com/oauth/callback?tenant=a\n",
    "https://app.example.com/oauth/callback?tenant=a%00",
    "https://app.example.com/oauth/callback/../../evil?tenant=a",
    "https://app.example.com/oauth/",
]
FORBIDDEN = [
    "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd",
    "blob:https://x.example/1", "vbscript:x", "about:blank", "intent://x#Intent;end", "ws://x/y",
    "wss://x/y", "ftp://x/y", "mailto:a@example.com", "view-source:https://x.example",
]  # fmt: skip
UNSOUND = [
    "", "x" * 501, "https://" + "a" * 500 + ".com/", "not a uri", "/callback", "app.example/cb",
    "https://", "https:///cb", "https://x.example/cb#f", "https://x.example/#", "https://u:p@x.example/",
    "https://u@x.example/", "https://*.x.example/cb", "https://x.example/*", "https://x.example:/cb",
    "https://x.example:0/cb", "https://x.example:99999/cb", "https://x..example/cb",
    "https://.example/cb", "https://x.example/a/../b", "https://x.example/%2e%2e/b",
    "https://x.example\\cb", "https://x.example/\u00e4", "https://\u00e4.example/", "http://evil.com/cb",
    "http://127.0.0.1.evil.com/", "http://localhost.evil.com/", "http://127.0.0.2/", "http://0.0.0.0/",
    "http://[::2]/", "http://localhost:080/", "http://LOCALHOST:70000/", "myapp:", "://x",
    "myapp://[x/cb", "myapp://a]b/c", "myapp://[x]/cb", "https://[1]/cb", "https://[::1::2]/cb",
    "myapp://user@host/cb", "https://x.example/\x00", "https://x.example/\ncb", "https://x.example/ cb",
]  # fmt: skip
SOUND = [
    "https://claude.ai/api/mcp/auth_callback",
    "https://app.example.com:8443/cb?x=1",
    "https://192.0.2.1/cb",
    "https://[2001:db8::1]:8443/cb",
    "http://127.0.0.1/callback",
    "http://127.0.0.1:33418/",
    "http://[::1]:1/cb",
    "http://localhost/callback",
    "http://localhost:6274/oauth/callback",
    "http://localhost",
    "cursor://anysphere.cursor-mcp/oauth/callback",
    "com.example.app:/oauth2redirect",
]
CHATGPT = "https://chatgpt.com/connector/oauth/"


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_s1_no_mutation_of_a_registered_address_comes_through(mutation):
    assert not redirects.allowed(client(REGISTERED), mutation)


def test_the_registered_address_itself_comes_through():
    assert len(MUTATIONS) >= 40
    assert redirects.match(client("https://x.example/", REGISTERED), REGISTERED) == "exact"


@pytest.mark.parametrize("uri", FORBIDDEN)
def test_a_forbidden_scheme_is_refused_even_from_a_public_client(uri):
    assert redirects.problem(uri, is_public=True)


@pytest.mark.parametrize("uri", UNSOUND)
def test_gap_10_an_unsound_address_is_refused(uri):
    assert redirects.problem(uri, is_public=True)


@pytest.mark.parametrize("uri", SOUND)
def test_an_address_real_clients_use_is_taken(uri):
    assert redirects.problem(uri, is_public=True) is None


def test_a_private_scheme_is_for_public_clients_only():
    assert redirects.problem("cursor://x/cb", is_public=False)


@pytest.mark.parametrize("count", [0, 11])
def test_an_empty_or_long_list_is_refused(count):
    uris = [f"https://x.example/{each}" for each in range(count)]
    assert redirects.problems(uris, is_public=True)


def test_a_list_of_ten_is_taken():
    uris = [f"https://x.example/{each}" for each in range(10)]
    assert redirects.problems(uris, is_public=True) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
@pytest.mark.parametrize("registered_port", ["", ":8080"])
@pytest.mark.parametrize("port", ["", ":1", ":65535"])
def test_gap_13_a_loopback_address_may_have_any_port(host, registered_port, port):
    known = client(f"http://{host}{registered_port}/callback")
    assert redirects.allowed(known, f"http://{host}{port}/callback")


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost:1234/callback/",
        "http://localhost:1234/",
        "http://127.0.0.1:1234/callback",
        "http://localhost:65536/callback",
        "http://localhost:0/callback",
        "http://localhost:/callback",
        "http://localhost:80@evil.com/callback",
        "http://localhost:1234/callback#x",
        "http://localhost.evil.com:1234/callback",
        "https://localhost:1234/callback",
        "http://localhost:1234/callback?x=1",
        "HTTP://localhost:1234/callback",
    ],
)
def test_besides_its_port_a_loopback_address_is_exact(uri):
    assert not redirects.allowed(client("http://localhost/callback"), uri)


@pytest.mark.parametrize("listed", [CHATGPT, CHATGPT + "abc"])
def test_chatgpt_gets_a_segment_of_its_own_for_each_connector(listed):
    assert redirects.match(client(listed), f"{CHATGPT}Xy_-9") == "prefix"
    assert redirects.match(client(listed), CHATGPT + "x" * 128) == "prefix"


@pytest.mark.parametrize(
    "uri",
    [
        f"{CHATGPT}a/b", f"{CHATGPT}a?b=1", f"{CHATGPT}a%2f", f"{CHATGPT}{'x' * 129}", f"{CHATGPT}a\n",
        f"{CHATGPT}..", "https://chatgpt.com.evil.com/connector/oauth/a", "https://chatgpt.com/x",
        "https://www.chatgpt.com/connector/oauth/a", "http://chatgpt.com/connector/oauth/a",
    ],
)  # fmt: skip
def test_the_prefix_of_chatgpt_ends_after_one_segment(uri):
    assert not redirects.allowed(client(CHATGPT + "abc"), uri)


@pytest.mark.parametrize("listed", ["https://chatgpt.com/x", f"{CHATGPT}a/b", "https://x.example/"])
def test_the_prefix_is_only_for_clients_that_listed_such_an_address(listed):
    assert not redirects.allowed(client(listed), f"{CHATGPT}abc")


@pytest.mark.parametrize(
    ("uri", "kind", "place"),
    [
        ("https://App.Example.com:8443/cb", "https", "app.example.com"),
        ("http://[::1]:33/cb", "loopback", "[::1]"),
        ("http://localhost/cb", "loopback", "localhost"),
        ("cursor://anysphere.cursor-mcp/cb", "private", "cursor"),
    ],
)
def test_the_place_a_code_goes_to_is_named(uri, kind, place):
    assert (redirects.kind(uri), redirects.place(uri)) == (kind, place)
