"""Whether the other end is still there."""

import socket

import pytest

from app.web.door.connection import has_closed, watch


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_open_connection_has_not_closed(pair):
    assert watch({"gunicorn.socket": pair[0]})() is False


def test_bytes_waiting_are_no_sign_of_leaving(pair):
    pair[1].send(b"more")
    assert has_closed(pair[0]) is False
    assert pair[0].recv(4) == b"more"


def test_connection_the_client_closed_has_closed(pair):
    pair[1].close()
    assert has_closed(pair[0]) is True


def test_connection_we_closed_cannot_be_watched(pair):
    pair[0].close()
    assert has_closed(pair[0]) is False


def test_connection_that_breaks_has_closed(pair, monkeypatch):
    class Broken:
        def fileno(self):
            return pair[0].fileno()

        def recv(self, size, flags):
            raise ConnectionResetError

    pair[1].send(b"x")
    assert has_closed(Broken()) is True


def test_server_that_shows_no_socket_leaves_the_connection_open():
    assert watch({})() is False
