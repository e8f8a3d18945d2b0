"""What stands before several web machines: each request goes to the next, and past one that is away."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.serving import serving

_HOP = {"connection", "keep-alive", "transfer-encoding"}


class Front(ThreadingHTTPServer):
    """Takes turns over ports; `answered` counts by port."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, ports: Sequence[int]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.ports, self.answered = ports, Counter[int]()
        self.base = f"http://127.0.0.1:{port}"
        self.url = f"{self.base}/api/mcp"
        self.port = port
        self._turn = itertools.count()

    def order(self) -> list[int]:
        """Whom to ask, and whom where that one does not listen."""
        turn = next(self._turn) % len(self.ports)
        return [*self.ports[turn:], *self.ports[:turn]]


@contextmanager
def fronting(port: int, ports: Sequence[int]) -> Iterator[Front]:
    """A front that answers until the block ends."""
    with serving(Front(port, ports)) as front:
        yield front


class _Handler(BaseHTTPRequestHandler):
    server: Front

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        port, connection, answer = self._asked(body)
        self.server.answered[port] += 1
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while piece := answer.read1(65536):
            self.wfile.write(piece)
            self.wfile.flush()
        connection.close()

    def do_POST(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _asked(self, body: bytes) -> tuple[int, HTTPConnection, HTTPResponse]:
        """Only who never heard the request is passed over: what was sent is sent once."""
        for port in self.server.order():
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                connection.connect()
            except ConnectionRefusedError:
                continue
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP}
            connection.request(self.command, self.path, body, headers)
            return port, connection, connection.getresponse()
        raise AssertionError("no machine listens")

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
