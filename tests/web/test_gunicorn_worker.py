"""The server's answers on a real socket: whole, in one piece, and never followed by another."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection, IncompleteRead

import pytest

from tests.served import ROOT, free_port

APP = """
def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/length":
        start_response("200 OK", [("Content-Length", "5")])
        return [b"whole"]
    if path == "/empty":
        start_response("204 No Content", [])
        return []
    if path == "/chunks":
        start_response("200 OK", [])
        return iter([b"one", b"two"])
    if path == "/broken":
        start_response("200 OK", [])
        return broken()
    raise ValueError("before anything was said")


def broken():
    yield b"one"
    raise ValueError("in the middle")
"""


@contextmanager
def served(folder):
    """The port of a server of its own, and what it had said once it has stopped."""
    port, said = free_port(), []
    (folder / "answers.py").write_text(APP)
    command = [
        sys.executable, "-m", "gunicorn", "-c", os.devnull, "-k", "app.web.gunicorn_worker.Worker", "--threads", "2",
        "-b", f"127.0.0.1:{port}", "--no-control-socket", "--pythonpath", str(folder),
        "answers:application",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        for line in running.stderr:
            if "Booting worker" in line:
                break
        yield port, said
        running.send_signal(signal.SIGTERM)
        said.append(running.communicate(timeout=20)[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("wsgi")) as (port, _said):
        yield port


@pytest.fixture
def http(server):
    connection = HTTPConnection("127.0.0.1", server, timeout=20)
    yield connection
    connection.close()


def test_head_and_body_arrive_in_one_packet(server):
    with socket.create_connection(("127.0.0.1", server), timeout=20) as client:
        client.sendall(b"GET /length HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(65536).endswith(b"\r\n\r\nwhole")


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/length", 200, b"whole"),
        ("HEAD", "/length", 200, b""),
        ("GET", "/empty", 204, b""),
        ("GET", "/chunks", 200, b"onetwo"),
        ("HEAD", "/chunks", 200, b""),
    ],
)
def test_a_connection_answers_one_request_after_the_other(http, method, path, status, body):
    for _ in range(3):
        http.request(method, path)
        response = http.getresponse()
        assert (response.status, response.read()) == (status, body)


def test_nothing_follows_half_an_answer(http):
    http.request("GET", "/broken")
    with pytest.raises(IncompleteRead) as broken_off:
        http.getresponse().read()
    assert broken_off.value.partial in (b"one", b"")


def test_an_application_that_says_nothing_is_a_500(http):
    http.request("GET", "/nothing")
    assert http.getresponse().status == 500


def test_an_address_is_not_logged_where_an_application_breaks(tmp_path):
    with served(tmp_path) as (port, said):
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/s/of-a-link?access_token=of-somebody")
        assert connection.getresponse().status == 500
        connection.close()
    (log,) = said
    assert "ValueError: before anything was said" in log
    assert "of-a-link" not in log
    assert "of-somebody" not in log
