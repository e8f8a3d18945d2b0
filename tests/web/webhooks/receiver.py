"""Somebody's program that takes webhooks, and a verifier written from the Standard Webhooks text."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.adapters.fetch import network
from app.adapters.fetch.client import Client
from tests.serving import serving

PUBLIC = "93.184.216.34"
URL = "http://hooks.example/polis"


class Receiver(ThreadingHTTPServer):
    """Takes every request; answers with the statuses it was given, then 204."""

    daemon_threads = True

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.says = b"thanks"
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.requests]

    def client(self) -> Client:
        """The guarded client of an installation, in whose world `hooks.example` is this program."""
        return Client(user_agent="Polis/1 (test)", resolve=_resolve, dial=self._dial)

    def _dial(self, address: str, port: int, seconds: float):
        assert (address, port) == (PUBLIC, 80)
        return network.dial("127.0.0.1", self.server_port, seconds)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((headers, body))
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:1/")
        says = b"" if status == 204 else self.server.says
        self.send_header("Content-Length", str(len(says)))
        self.end_headers()
        self.wfile.write(says)

    def log_message(self, *_facts) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = Receiver()
    with serving(server):
        yield server


def verifies(secret: str, headers: dict[str, str], body: bytes) -> list[bool]:
    """For each signature of a request whether this secret made it."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    kind, encoded = secret.split("_", 1)
    assert kind == "whsec"
    key = base64.b64decode(encoded, validate=True)
    assert 24 <= len(key) <= 64
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    parts = [each.split(",", 1) for each in headers["webhook-signature"].split(" ")]
    assert {version for version, _ in parts} == {"v1"}
    return [hmac.compare_digest(expected, theirs) for _, theirs in parts]


def _resolve(host: str, _port: int) -> list[str]:
    inward = {"inward.example": ["10.0.0.7"], "both.example": [PUBLIC, "127.0.0.1"]}
    if host == "hooks.example":
        return [PUBLIC]
    return inward[host] if host in inward else [host] if host[0].isdigit() else []
