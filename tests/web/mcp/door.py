"""The WSGI door without a socket: one request in, one answer out."""

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.web.door import door
from app.web.door.gateway import Gateway
from app.web.door.http import Refused
from app.web.mcp.endpoint import Endpoint
from app.web.mcp.era import CAPABILITIES, VERSION
from app.web.mcp.product import PATHS
from app.web.mcp.routing_headers import NAMED_BY
from app.web.mcp.server import Server

MODERN = "2026-07-28"
CHALLENGE = ("WWW-Authenticate", 'Bearer resource_metadata="https://ours.example/prm"')
OUR_ORIGIN = "https://ours.example"


@dataclass
class Gate:
    """Lets in whoever has the key; remembers what it counted."""

    counted: list[int] = field(default_factory=list)
    refuse_count: Exception | None = None
    refuse_caller: Exception | None = None

    def host_allowed(self, host):
        return host == "ours.example"

    def origin_allowed(self, origin):
        return origin == OUR_ORIGIN

    def authenticate(self, request):
        if self.refuse_caller is not None:
            raise self.refuse_caller
        if request.headers.get("authorization") != "Bearer key":
            raise Refused(401, [CHALLENGE])
        return "caller"

    def count(self, caller, messages):
        self.counted.append(messages)
        if self.refuse_count is not None:
            raise self.refuse_count
        return [("RateLimit-Remaining", "7")]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def result(self) -> Any:
        return self.json["result"]

    @property
    def code(self) -> int:
        return self.json["error"]["code"]

    @property
    def events(self) -> list[Any]:
        lines = self.body.decode().split("\n")
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]

    def says(self, name: str) -> str | None:
        return self.headers.get(name.lower())


class Door:
    def __init__(
        self,
        server: Server,
        gate: Gate | None = None,
        paths: Iterable[str] = PATHS,
        **settings: Any,
    ) -> None:
        self.gate = gate or Gate()
        answers = door.Door(self.gate, Endpoint(server))
        self._wsgi = Gateway(_behind, dict.fromkeys(paths, answers), **settings)

    def ask(self, method: str = "POST", body: bytes = b"", **environ: Any) -> Answer:
        started: list[Any] = []
        complete = {
            "REQUEST_METHOD": method,
            "PATH_INFO": "/mcp",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "ours.example",
            "HTTP_AUTHORIZATION": "Bearer key",
            "HTTP_ACCEPT": "application/json, text/event-stream",
            "REMOTE_ADDR": "192.0.2.1",
            "wsgi.input": io.BytesIO(body),
            **environ,
        }
        present = {key: value for key, value in complete.items() if value is not None}
        chunks = self._wsgi(present, lambda status, headers: started.append((status, headers)))
        content = b"".join(chunks)
        status, headers = started[0]
        return Answer(int(status[:3]), {name.lower(): value for name, value in headers}, content)

    def post(self, message: Any, **environ: Any) -> Answer:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        return self.ask(body=body, **environ)

    def legacy(
        self, method: str, params: Any = None, revision: str | None = "2025-11-25", **environ: Any
    ) -> Answer:
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
        return self.post(message, HTTP_MCP_PROTOCOL_VERSION=revision, **environ)

    def modern(
        self,
        method: str,
        params: Any = None,
        capabilities: Any = None,
        meta: Any = None,
        **environ: Any,
    ) -> Answer:
        params = {**(params or {}), "_meta": modern_meta(capabilities, meta)}
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        headers = {"HTTP_MCP_PROTOCOL_VERSION": MODERN, "HTTP_MCP_METHOD": method}
        if method in NAMED_BY:
            headers["HTTP_MCP_NAME"] = params.get(NAMED_BY[method])
        return self.post(message, **{**headers, **environ})


def modern_meta(capabilities: Any = None, meta: Any = None) -> dict[str, Any]:
    return {VERSION: MODERN, CAPABILITIES: capabilities or {}, **(meta or {})}


def _behind(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("X-Behind", environ["PATH_INFO"])])
    return [b"the framework"]
