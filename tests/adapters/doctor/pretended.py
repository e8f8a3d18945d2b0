"""A small server that does everything right, but for the one fault it is given."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.serving import serving

RESOURCE = "/.well-known/oauth-protected-resource"
SERVER = "/.well-known/oauth-authorization-server"
OPENID = "/.well-known/openid-configuration"


@dataclass
class Reply:
    """An answer before it is sent, for a fault to spoil."""

    status: int = 200
    facts: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


Fault = Callable[[Reply], None]


class Pretended(ThreadingHTTPServer):
    """The server, its faults by path, and what it was asked."""

    def __init__(self, faults: dict[str, Fault]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.faults = faults
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[str] = []
        self.clients: set[str] = set()
        self.tokens: set[str] = set()
        self.made = 0

    def reply(self, method: str, path: str, body: str, bearer: str) -> Reply:
        self.asked.append(f"{method} {path}")
        name = {"/api/mcp": "mcp", "/token": "token"}.get(path, "document")
        reply = getattr(self, f"_{method.lower()}_{name}")(path, body, bearer)
        self.faults.get(path, lambda _: None)(reply)
        return reply

    def _get_document(self, path: str, *_: str) -> Reply:
        if path in {RESOURCE, f"{RESOURCE}/api/mcp"}:
            return Reply(facts=self._resource())
        return Reply(facts=self._server()) if path in {SERVER, OPENID} else Reply(404)

    def _post_document(self, path: str, body: str, _bearer: str) -> Reply:
        if path == "/revoke":
            self.tokens.clear()
            return Reply()
        self.clients.add("c1")
        more = {
            "client_id": "c1",
            "registration_access_token": "a-registration-token",
            "registration_client_uri": f"{self.base}/register/c1",
        }
        return Reply(201, json.loads(body) | more)

    def _delete_document(self, *_: str) -> Reply:
        self.clients.clear()
        return Reply(204)

    def _post_token(self, *_: str) -> Reply:
        self.made += 1
        self.tokens.add(f"access-{self.made}")
        facts = {
            "access_token": f"access-{self.made}",
            "refresh_token": f"refresh-{self.made}",
            "token_type": "Bearer",
            "scope": "mcp offline_access",
        }
        return Reply(200, facts, {"Cache-Control": "no-store"})

    def _post_mcp(self, _path: str, body: str, bearer: str) -> Reply:
        if bearer not in self.tokens:
            address = f"{self.base}{RESOURCE}"
            said = f'Bearer resource_metadata="{address}", scope="mcp"'
            return Reply(401, {}, {"WWW-Authenticate": said})
        tool = {"name": "polis_account", "title": "Show", "annotations": {"readOnlyHint": True}}
        results = {
            "initialize": {"protocolVersion": "2025-11-25"},
            "tools/list": {"tools": [tool]},
            "tools/call": {"content": []},
        }
        return Reply(facts={"id": 1, "result": results[json.loads(body)["method"]]})

    def _resource(self) -> dict[str, Any]:
        return {"resource": f"{self.base}/api/mcp", "authorization_servers": [self.base]}

    def _server(self) -> dict[str, Any]:
        ends = {"authorization": "authorize", "token": "token", "registration": "register"}
        return {
            "issuer": self.base,
            **{f"{name}_endpoint": f"{self.base}/{path}" for name, path in ends.items()},
            "revocation_endpoint": f"{self.base}/revoke",
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "scopes_supported": ["mcp", "offline_access"],
            "authorization_response_iss_parameter_supported": True,
            "client_id_metadata_document_supported": True,
        }


class Approving:
    """Somebody who approves everything, and what their browser brings back."""

    def __init__(self, base: str, **more: str | None) -> None:
        self._back = {"code": "a-secret-code", "iss": base, **more}

    def redirect_uri(self, profile: Any) -> str:
        return str(profile.redirect_uri)

    def approve(self, address: str, redirect_uri: str) -> dict[str, str]:
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["redirect_uri"] == redirect_uri
        told = {"state": asked["state"], **self._back}
        return {name: value for name, value in told.items() if value is not None}


@contextmanager
def pretended(**faults: Fault) -> Iterator[Pretended]:
    server = Pretended(faults)
    with serving(server):
        yield server


class _Handler(BaseHTTPRequestHandler):
    server: Pretended

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        reply = self.server.reply(self.command, self.path, body, bearer)
        data = b"" if reply.status == 204 else json.dumps(reply.facts).encode()
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(data)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nobody reads its log."""
