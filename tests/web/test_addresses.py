"""Which hosts and origins are ours."""

from types import SimpleNamespace

import pytest

from app.web.addresses import addresses, host_allowed, of, origin_allowed

LIVE = addresses("https://polis.example", ["https://app.example", "https://other.example:8443"])
ODD_PORT = addresses("https://polis.example:8443")
LOCAL = addresses("http://localhost:5000", development=True, port=5000)
LOCAL_80 = addresses("http://localhost", development=True)


@pytest.mark.parametrize(
    ("ours", "host"),
    [
        (LIVE, "polis.example"),
        (LIVE, "POLIS.example"),
        (LIVE, "polis.example:443"),
        (ODD_PORT, "polis.example:8443"),
        (LOCAL, "localhost:5000"),
        (LOCAL, "127.0.0.1:5000"),
        (LOCAL, "[::1]:5000"),
        (LOCAL_80, "127.0.0.1"),
        (LOCAL_80, "[::1]:80"),
    ],
)
def test_our_own_hosts_are_allowed(ours, host):
    assert host_allowed(ours, host)


@pytest.mark.parametrize(
    ("ours", "host"),
    [
        (LIVE, None),
        (LIVE, ""),
        (LIVE, "evil.example"),
        (LIVE, "polis.example.evil.example"),
        (LIVE, "polis.example."),
        (LIVE, "polis.example:80"),
        (LIVE, "polis.example:8443"),
        (LIVE, "app.example"),
        (LIVE, "polis.example, evil.example"),
        (LIVE, "user@polis.example"),
        (LIVE, "localhost"),
        (LIVE, "127.0.0.1"),
        (ODD_PORT, "polis.example"),
        (LOCAL, "localhost"),
        (LOCAL, "localhost:5001"),
        (LOCAL, "localhost:5000.evil.example"),
    ],
)
def test_foreign_hosts_are_not(ours, host):
    assert not host_allowed(ours, host)


@pytest.mark.parametrize(
    ("ours", "origin"),
    [
        (LIVE, "https://polis.example"),
        (LIVE, "HTTPS://Polis.Example:443"),
        (LIVE, "https://app.example"),
        (LIVE, "https://other.example:8443"),
        (LOCAL, "http://localhost:5000"),
        (LOCAL, "http://localhost"),
        (LOCAL, "http://localhost:1"),
        (LOCAL, "https://127.0.0.1:65535"),
        (LOCAL, "http://[::1]:6274"),
    ],
)
def test_our_own_and_listed_origins_are_allowed(ours, origin):
    assert origin_allowed(ours, origin)


@pytest.mark.parametrize(
    ("ours", "origin"),
    [
        (LIVE, ""),
        (LIVE, "null"),
        (LIVE, "http://polis.example"),
        (LIVE, "https://polis.example/"),
        (LIVE, "https://polis.example.evil.example"),
        (LIVE, "https://other.example"),
        (LIVE, "http://localhost:5000"),
        (LOCAL, "null"),
        (LOCAL, "ftp://localhost:5000"),
        (LOCAL, "http://localhost:0"),
        (LOCAL, "http://localhost:65536"),
        (LOCAL, "http://localhost:123456"),
        (LOCAL, "http://localhost:"),
        (LOCAL, "http://localhost:80/x"),
        (LOCAL, "http://localhost:²"),
        (LOCAL, "http://localhost.evil.example"),
        (LOCAL, "http://evil.example"),
    ],
)
def test_foreign_origins_are_not(ours, origin):
    assert not origin_allowed(ours, origin)


@pytest.mark.parametrize(
    ("bind", "host"), [("127.0.0.1:5000", "localhost:5000"), ("0.0.0.0:80", "127.0.0.1")]
)
def test_behind_a_tunnel_we_are_still_known_by_the_port_we_listen_on(bind, host):
    settings = SimpleNamespace(
        base_url="https://tunnel.example", allowed_origins=(), development=True, bind=bind
    )
    assert host_allowed(of(settings), host)
    assert host_allowed(of(settings), "tunnel.example")


def test_opaque_origins_cannot_be_listed():
    assert not origin_allowed(addresses("https://polis.example", ["null", ""]), "null")


def test_listed_origins_of_other_schemes_are_compared_whole():
    ours = addresses("https://polis.example", ["app://polis"])
    assert origin_allowed(ours, "app://polis")
    assert not origin_allowed(ours, "app://polis:1")
