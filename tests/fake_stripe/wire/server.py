"""The HTTP server: the API, the hosted pages and the control plane on one port."""

import json
import socket
import struct
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import parse_qsl, urlsplit

from tests.fake_stripe import things
from tests.fake_stripe.control.deliveries import Deliveries
from tests.fake_stripe.control.plane import Plane
from tests.fake_stripe.ground.problems import Problem
from tests.fake_stripe.ground.state import State
from tests.fake_stripe.pages import hosted
from tests.fake_stripe.wire.calls import Api, Call
from tests.fake_stripe.wire.faults import Fault, Faults

# Each file of things puts its calls and its moments into the tables.
for thing in iter_modules(things.__path__, f"{things.__name__}."):
    import_module(thing.name)
TROUBLES = {
    "429": ("Request rate limit exceeded.", "invalid_request_error", "rate_limit"),
    "401": ("Expired API Key provided.", "invalid_request_error", "api_key_expired"),
}
LARGEST = 1_000_000


class Server(ThreadingHTTPServer):
    """One account, many callers at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, live: bool, now: int, seed: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        base = f"http://127.0.0.1:{self.server_address[1]}"
        state = State(live=live, now=now, seed=seed, base=base)
        deliveries = Deliveries(state)
        state.on_event = deliveries.enlist
        self.plane = Plane(state, Api(state), deliveries, Faults())


class Handler(BaseHTTPRequestHandler):
    """One connection; kept open between requests."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: tests look at what was called instead."""

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        plane = self.server.plane
        if parts.path.startswith("/_test/"):
            self._control(parts.path.removeprefix("/_test/"), body)
        elif parts.path.startswith(("/v1/", "/v2/")):
            self._api(parts.path, parts.query, body)
            plane.afterwards()
        else:
            self._page(parts.path, body)
            plane.afterwards()

    def _control(self, name: str, body: bytes) -> None:
        try:
            answer, status = self.server.plane.order(name, json.loads(body or b"{}")), 200
        except Problem as problem:
            answer, status = problem.body(), problem.status
        except (TypeError, KeyError, ValueError) as error:
            answer, status = {"error": {"message": f"{type(error).__name__}: {error}"}}, 400
        self._send(status, json.dumps(answer, default=str).encode(), {})

    def _api(self, path: str, query: str, body: bytes) -> None:
        plane = self.server.plane
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, path, query, headers, body)
        fault = plane.faults.take(self.command, path)
        perform = partial(plane.api.answer, call)
        if fault is None:
            self._send(*perform())
        elif fault.kind == "hold":
            self._send(*plane.api.answer(call, fault))
        else:
            if fault.when == "after":
                perform()
            self._trouble(fault)

    def _trouble(self, fault: Fault) -> None:
        if fault.kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
        elif fault.kind == "timeout":
            self.connection.recv(1)  # the caller gives up first and closes
            self.close_connection = True
        else:
            message, kind, code = TROUBLES.get(
                fault.kind, ("Something went wrong.", "api_error", None)
            )
            error = {"message": message, "type": kind} | ({"code": code} if code else {})
            self._send(int(fault.kind), json.dumps({"error": error}).encode(), {"Request-Id": "req_trouble"})  # fmt: skip

    def _page(self, path: str, body: bytes) -> None:
        sent = dict(parse_qsl(body.decode(), keep_blank_values=True))
        state = self.server.plane.state
        with state.lock:
            reply = hosted.visit(state, self.command, path, sent)
        if reply is None:
            self._send(404, b"Not found", {}, "text/plain")
            return
        headers = {"Location": reply.location} if reply.location else {}
        self._send(reply.status, reply.body, headers, reply.kind)

    def _send(
        self, status: int, body: bytes, headers: dict[str, str], kind: str = "application/json"
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
