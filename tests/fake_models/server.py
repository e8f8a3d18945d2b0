"""The HTTP server: both APIs and the control plane on one port."""

import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.fake_models import voice, wire
from tests.fake_models.state import Call, Fault, State

LARGEST = 2_000_000


class Server(ThreadingHTTPServer):
    """One provider, many callers at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.state = State()


class Handler(BaseHTTPRequestHandler):
    """One connection; kept open between requests."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        sent = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        body = json.loads(sent or b"{}")
        if path.startswith("/_test/"):
            self._control(path.removeprefix("/_test/"), body)
        elif path in {wire.OPENAI, wire.ANTHROPIC}:
            self._api(path, body)
        else:
            self._send(404, {"error": {"message": "no such path"}})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: tests look at what was called instead."""

    def _control(self, name: str, sent: dict[str, Any]) -> None:
        try:
            self._send(200, self.server.state.order(name, sent))
        except (TypeError, KeyError) as error:
            self._send(400, {"error": f"{type(error).__name__}: {error}"})

    def _api(self, path: str, body: dict[str, Any]) -> None:
        state = self.server.state
        if state.manners.key and state.manners.key not in self._key():
            self._refuse(401, f"Incorrect API key provided: {self._key()}")
            return
        try:
            call = wire.read(path, body)
        except (wire.Wrong, KeyError, ValueError, TypeError) as error:
            self._refuse(422, f"{type(error).__name__}: {error}")
            return
        state.enter(call)
        try:
            self._answer(call)
        finally:
            state.leave()

    def _key(self) -> str:
        return self.headers.get("Authorization", "") + self.headers.get("X-Api-Key", "")

    def _answer(self, call: Call) -> None:
        state = self.server.state
        fault = state.fault(call.asked)
        if fault is not None and fault.kind.isdigit():
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            self._refuse(int(fault.kind), f"in trouble; you sent: {call.asked}", headers)
        elif fault is not None and fault.kind in _LINES:
            _LINES[fault.kind](self, call)
        elif call.picture and "picture" in state.manners.refuses:
            self._refuse(400, f"this model takes no pictures: {call.asked}")
        elif call.format in state.manners.refuses:
            self._refuse(400, f"response_format {call.format} is not supported: {call.asked}")
        else:
            self._say(call, fault)

    def _say(self, call: Call, fault: Fault | None) -> None:
        self._send(200, self._made(call, fault.kind if fault else ""))

    def _made(self, call: Call, kind: str) -> dict[str, Any]:
        manners = self.server.state.manners
        text, ended = voice.spoken(call, manners, kind), "done"
        if kind == "malformed":
            text = text[: len(text) // 2] + "}}"
        elif kind == "fenced":
            text = f"Sure, here it is:\n```json\n{text}\n```\nAnything else?"
        elif kind == "cut":
            text, ended = text[:80], "cut"
        elif kind == "refusal":
            ended = "refused"
        elif kind == "bounds":
            text = text.replace('"trust": 5', '"trust": 50')
        elif kind == "nobody":
            text = json.dumps({"people": []})
        answer = wire.answer(call, text, ended, manners.usage)
        if kind == "empty":
            answer |= {"choices": [], "content": []}
        return answer

    def hang(self, _call: Call) -> None:
        """Never answer: the caller gives up first and closes."""
        self.connection.recv(1)
        self.close_connection = True

    def reset(self, _call: Call) -> None:
        """Break the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def trickle(self, call: Call) -> None:
        """Answer a byte at a time, for ever: no single read is late."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(LARGEST))
        self.end_headers()
        pause = threading.Event()
        self.close_connection = True
        try:
            while not pause.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            return

    def _refuse(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        error = {"type": "error", "error": {"type": "trouble", "message": message, "code": None}}
        self._send(status, error, headers)

    def _send(
        self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)
        self.wfile.flush()


_LINES = {"timeout": Handler.hang, "reset": Handler.reset, "slow": Handler.trickle}
