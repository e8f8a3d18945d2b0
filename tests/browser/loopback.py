"""A program on this computer that waits for its code, as command-line clients do."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.serving import serving


class Waiting(HTTPServer):
    """Listens on a free port until its code has come."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), _Handler)
        self.asked: list[str] = []
        self.callback = f"http://{host}:{self.server_port}/callback"

    @property
    def told(self) -> dict[str, str]:
        """What the browser brought, the last time it came."""
        return dict(parse_qsl(urlsplit(self.asked[-1]).query))


@contextmanager
def waiting(host: str = "127.0.0.1") -> Iterator[Waiting]:
    server = Waiting(host)
    with serving(server):
        yield server


class _Handler(BaseHTTPRequestHandler):
    server: Waiting

    def do_GET(self) -> None:
        if self.path.startswith("/callback"):
            self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><html lang=en><link rel=icon href=data:,><title>Done</title><h1>You may close this page</h1>"
        )

    def log_message(self, *_: object) -> None:
        """Nobody reads its log."""
