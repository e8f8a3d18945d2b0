"""A served installation as strangers meet it: raw sockets, many waits, nothing secret in its log."""

import json
import re
import socket
from http.client import HTTPConnection
from urllib.error import HTTPError

import pytest

from tests.served import Served, rpc
from tests.tools.agent import events
from tests.tools.installation import HELLO

QUERY_KEY = "sk_live_InTheQueryString0123456789ABCDEFabcdef"


def _raw(served: Served, request: bytes) -> bytes:
    """What the server answers to bytes; the connection is closed by it or by us."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def _head(served: Served, line: bytes, *headers: bytes) -> bytes:
    host = b"Host: 127.0.0.1:%d" % served.port
    key = b"Authorization: Bearer " + served.key.encode()
    return b"\r\n".join([line, host, key, b"Connection: close", *headers, b"", b""])


HOSTILE = {
    "no HTTP at all": (b"GARBAGE\r\n\r\n",),
    "a key in a broken request line": (f"GET /mcp?key={QUERY_KEY} HTTP/9.9\r\n\r\n".encode(),),
    "a key in a line too long": (
        f"GET /mcp?key={QUERY_KEY}{'a' * 9000} HTTP/1.1\r\n\r\n".encode(),
    ),
    "a header without a name": (b"POST /mcp HTTP/1.1", b": x"),
    "a header with a line break in it": (b"POST /mcp HTTP/1.1", b"X-A: b\r\n c"),
    "a NUL in a header": (b"POST /mcp HTTP/1.1", b"X-A: \0"),
    "headers without end": (b"POST /mcp HTTP/1.1", *([b"X-A: " + b"b" * 1000] * 200)),
    "two lengths": (b"POST /mcp HTTP/1.1", b"Content-Length: 2", b"Content-Length: 20"),
    "length and chunks": (
        b"POST /mcp HTTP/1.1",
        b"Content-Length: 5",
        b"Transfer-Encoding: chunked",
    ),
    "a negative length": (b"POST /mcp HTTP/1.1", b"Content-Length: -1"),
    "a length in words": (b"POST /mcp HTTP/1.1", b"Content-Length: ten"),
    "a body shorter than said": (b"POST /mcp HTTP/1.1", b"Content-Length: 500"),
    "broken chunks": (b"POST /mcp HTTP/1.1", b"Transfer-Encoding: chunked"),
    "two hosts": (b"POST /mcp HTTP/1.1", b"Host: evil.example"),
    "a whole address": (b"POST http://evil.example/mcp HTTP/1.1",),
    "two credentials": (b"POST /mcp HTTP/1.1", b"Authorization: Bearer other"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_client_sends_is_refused_and_harms_nobody(served, name):
    line, *headers = HOSTILE[name]
    whole = line if line.endswith(b"\r\n\r\n") else _head(served, line, *headers)
    answer = _raw(served, whole)
    if answer:
        status = int(answer.split(b" ", 2)[1])
        assert 400 <= status < 500 or (name == "two credentials" and status == 401), answer
    assert served.call("polis_account", {})["organization"] == "demo"


@pytest.mark.parametrize(
    "line", ["GET / HTTP/1.1", "GET /nowhere HTTP/1.1", "GARBAGE", "GET / HTTP/9.9"]
)
def test_s34_no_answer_on_the_wire_tells_a_version_of_its_server(served, line):
    answer = _raw(served, _head(served, line.encode()))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 ")
    assert re.search(rb"(gunicorn|python|werkzeug)[ /]?\d|x-powered-by:|via:", head) is None


def test_a_wait_streams_its_progress_over_a_real_connection(served):
    run = served.call("polis_test", {**HELLO, "persona_count": 200})
    params = {
        "name": "polis_status",
        "arguments": {"run_id": run["run_id"], "wait_s": 25},
        "_meta": {"progressToken": "t"},
    }
    done = False
    while not done:
        body = _post(
            served, {"id": 1, "method": "tools/call", "params": params}, "text/event-stream"
        )
        messages = events(body)
        done = messages[-1]["result"]["structuredContent"]["done"]
    assert messages[-1]["result"]["structuredContent"]["status"] == "complete"


def _post(served: Served, message: dict, accept: str = "application/json") -> bytes:
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)
    headers = {
        "Content-Type": "application/json",
        "Accept": accept,
        "Authorization": f"Bearer {served.key}",
        "MCP-Protocol-Version": "2025-11-25",
    }
    connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", **message}), headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert response.status == 200, body
    return body


def test_nothing_secret_is_in_the_log(served):
    for path in (f"/mcp?key={QUERY_KEY}", f"/docs?token={QUERY_KEY}", f"/pay/{QUERY_KEY}"):
        _raw(served, _head(served, f"GET {path} HTTP/1.1".encode()))
    with pytest.raises(HTTPError, match="401") as refused:
        rpc(served.url, QUERY_KEY, "ping", {})
    refused.value.close()
    topup = served.call("polis_topup", {"pack": "small"}, str(served.demo["api_key"]))
    _raw(served, _head(served, f"GET /pay/{topup['pay_url'].rpartition('/')[2]} HTTP/1.1".encode()))
    log = served.log[served.log.index('{"') :]  # after the banner, which shows the demo's own
    for secret in (QUERY_KEY[8:], served.key[8:], str(served.demo["api_key"])[8:]):
        assert secret not in log
    assert topup["pay_url"].rpartition(".")[2] not in log
    assert str(served.demo["password"]) not in log
    assert HELLO["content"] not in log
    assert "Traceback" not in log


def test_without_auth_a_url_is_enough_on_ones_own_machine(copies, tmp_path):
    database = copies.fresh("sqlite", tmp_path)
    message = {
        "id": 1,
        "method": "tools/call",
        "params": {"name": "polis_account", "arguments": {}},
    }
    with Served(database, tmp_path, "--no-auth", worker_processes="1") as open_:
        for more, status in (({}, 200), ({"X-Forwarded-For": "192.0.2.1"}, 401)):
            connection = HTTPConnection("127.0.0.1", open_.port, timeout=20)
            headers = {"Content-Type": "application/json", **more}
            connection.request("POST", "/mcp", json.dumps({"jsonrpc": "2.0", **message}), headers)
            response = connection.getresponse()
            assert response.status == status
            assert (b"no_auth" in response.read()) is (status == 200)
            connection.close()
