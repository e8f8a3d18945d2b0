"""A person at a browser of this computer: told where to go, waited for on a loopback port."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from app.adapters.doctor.profiles import Profile

WAITS_S = 300
_PAGE = b"<!doctype html><html lang=en><title>Polis</title><h1>You may close this page</h1>"


class Loopback(HTTPServer):
    """Waits for the one code that comes back to this computer."""

    timeout = WAITS_S

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._tell = tell
        self.came: dict[str, str] = {}
        self.ended = False

    def redirect_uri(self, profile: Profile) -> str | None:
        """Ours, for clients that wait as we do."""
        return f"http://127.0.0.1:{self.server_port}/callback" if profile.on_loopback else None

    def approve(self, address: str, redirect_uri: str) -> dict[str, str]:  # noqa: ARG002 # ours
        self._tell(f"Open this address, sign in and approve:\n{address}")
        while not (self.came or self.ended):
            self.handle_request()
        return self.came

    def handle_timeout(self) -> None:
        self.ended = True


class _Handler(BaseHTTPRequestHandler):
    server: Loopback

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if at.path == "/callback":
            self.server.came = dict(parse_qsl(at.query))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, *_: object) -> None:
        """The code must not be printed."""
