"""The browser's only way out: S27's addresses asked of the proxy itself, in both of its forms."""

import socket
from contextlib import contextmanager
from socket import AF_INET6

import pytest

from app.adapters.fetch.network import Deadline
from app.adapters.pages.proxy import Ways, proxy
from tests.adapters.fetch.test_hostile import HOSTILE
from tests.adapters.fetch.wire import PUBLIC, World, says, serving

PAGE = says(b"<p>Hello</p>", "text/html")


@contextmanager
def way_out(world, ports=(80, 443), seconds=5.0, **more):
    """The port of a proxy into that world."""
    ways = Ways(Deadline(seconds), resolve=world.resolve, dial=world.dial, ports=ports, **more)
    with proxy(ways) as port:
        yield port


def asked(port, request: bytes) -> bytes:
    """All that comes back for one request."""
    with socket.create_connection(("127.0.0.1", port), 10) as near:
        near.sendall(request)
        got = b""
        while piece := near.recv(65536):
            got += piece
        return got


def lines(method: str, target: str, **headers: str) -> bytes:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"{method} {target} HTTP/1.1\r\n{told}\r\n".encode()


def status(answer: bytes) -> str:
    return answer.partition(b"\r\n")[0].decode()


@pytest.fixture(scope="module")
def site():
    with serving({"/": PAGE, "/a?b": PAGE, "/large": says(bytes(300_000), "text/html")}) as running:
        yield running


def test_a_page_comes_through_as_it_was_asked_for(site):
    world = World(site)
    with way_out(world) as port:
        told = {"Host": "site.example", "Accept": "text/html", "Proxy_Connection": "keep-alive"}
        answer = asked(port, lines("GET", "http://site.example/a?b", **told))
    assert status(answer) == "HTTP/1.0 200 OK"
    assert answer.endswith(b"<p>Hello</p>")
    assert world.dialled == [f"{PUBLIC}:80"]
    path, headers = site.requests[-1]
    assert (path, headers["Accept"], headers["Connection"]) == ("/a?b", "text/html", "close")
    assert "Proxy-Connection" not in headers


def test_a_tunnel_is_opened_to_the_checked_address(site):
    world = World(site)
    with way_out(world) as port, socket.create_connection(("127.0.0.1", port), 10) as near:
        near.sendall(lines("CONNECT", "site.example:443"))
        assert near.recv(100) == b"HTTP/1.1 200 Opened\r\n\r\n"
        near.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert near.recv(100).startswith(b"HTTP/1.0 200")
    assert world.dialled == [f"{PUBLIC}:443"]


@pytest.mark.parametrize(
    "request_",
    [
        lines("POST", "http://site.example/", Content_Length="0"),
        lines("PUT", "http://site.example/"),
        lines("GET", "https://site.example/"),
        lines("GET", "ftp://site.example/"),
        lines("GET", "/"),
        lines("GET", "http://site.example:22/"),
        lines("GET", "http://gone.example/"),
        lines("GET", "http://accounts.google.com/"),
        lines("CONNECT", "site.example:22"),
        lines("CONNECT", "site.example:8443"),
        lines("CONNECT", "inside.example:443"),
        lines("CONNECT", "127.0.0.1:443"),
        lines("CONNECT", "[::1]:443"),
        lines("CONNECT", "accounts.google.com:443"),
        b"GET\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
        b"GET http://\xe9.example/ HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_not_asked_is_answered_by_nobody(site, request_):
    world = World(site, {"inside.example": ["10.0.0.1"], "gone.example": []})
    with way_out(world) as port:
        assert status(asked(port, request_)) == "HTTP/1.1 502 Refused"
    assert world.dialled == []


def test_hostile_addresses_reach_no_canary():
    with serving({}) as four, serving({}, family=AF_INET6) as six:
        ports = {80, 443, four.server_port, six.server_port}
        addresses = [each for each in HOSTILE if each.isascii() and each.isprintable()]
        world = World(four, {})
        with way_out(world, ports, seconds=60) as port:
            for canary in (four, six):
                for template in addresses:
                    address = template.format(port=canary.server_port)
                    host = address.partition("//")[2].partition("/")[0]
                    for method, target in (("GET", address), ("CONNECT", host)):
                        assert status(asked(port, lines(method, target))) == "HTTP/1.1 502 Refused"
        assert (world.dialled, four.connections, six.connections) == ([], 0, 0)


def test_all_connections_together_bring_only_so_much(site):
    world = World(site)
    with way_out(world, most_bytes=500_000) as port:
        sizes = [len(asked(port, lines("GET", "http://site.example/large"))) for _ in range(3)]
    assert sizes[0] > 300_000
    assert sizes[1] < 300_000
    assert sizes[2] == 0


def test_a_connection_that_says_nothing_is_left():
    with serving({}) as quiet:
        world = World(quiet)
        with way_out(world, seconds=0.2) as port:
            near = socket.create_connection(("127.0.0.1", port), 10)
            near.sendall(lines("CONNECT", "site.example:443"))
            assert near.recv(100).startswith(b"HTTP/1.1 200")
            assert near.recv(100) == b""
            near.close()
