"""A client that leaves ends its wait, in a stream or in silence, on a real server."""

import json
import socket
from urllib.parse import urlsplit

import pytest

from app.web.mcp.era import CAPABILITIES, VERSION
from tests.conformance.served import served
from tests.waiting import until

MODERN = "2026-07-28"


@pytest.fixture(scope="module")
def address():
    with served() as fixture:
        parts = urlsplit(fixture.url)
        yield parts.hostname, parts.port


def _asked(address, method, params):
    """Send a modern request and leave the connection open."""
    params = {**params, "_meta": {VERSION: MODERN, CAPABILITIES: {}}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    head = (
        "POST /mcp HTTP/1.1",
        f"Host: {address[0]}:{address[1]}",
        "Content-Type: application/json",
        "Accept: application/json, text/event-stream",
        f"MCP-Protocol-Version: {MODERN}",
        f"Mcp-Method: {method}",
        f"Mcp-Name: {params.get('name', '-')}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    connection = socket.create_connection(address, timeout=10)
    connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    return connection


def _waiting(address):
    with _asked(address, "tools/call", {"name": "count_waiting"}) as connection:
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    result = json.loads(answer.partition(b"\r\n\r\n")[2])["result"]
    calls, subscriptions = result["content"][0]["text"].split()
    return int(calls), int(subscriptions)


def _until(address, expected):
    """Ask again until the server says so, or give up loudly."""
    until(lambda: _waiting(address) == expected, lambda: _waiting(address), within_s=10)


@pytest.mark.parametrize(
    ("method", "params", "during"),
    [
        pytest.param("tools/call", {"name": "wait"}, (1, 0), id="in silence"),
        pytest.param("tools/call", {"name": "wait_streaming"}, (1, 0), id="in a stream"),
        pytest.param("subscriptions/listen", {"notifications": {}}, (0, 1), id="in a subscription"),
    ],
)
def test_client_that_leaves_ends_its_wait(address, method, params, during):
    with _asked(address, method, params):
        _until(address, during)
    _until(address, (0, 0))


def test_stream_says_at_once_that_it_is_open(address):
    with _asked(address, "subscriptions/listen", {"notifications": {}}) as connection:
        received = b""
        while b": open" not in received:
            received += connection.recv(65536)
    assert b"Content-Type: text/event-stream" in received
    _until(address, (0, 0))
