"""A local reverse proxy that adds a bearer token, for suites that cannot send one.

    python -m tests.conformance.bearer_proxy http://localhost:8000/mcp TOKEN [PORT]

Everything else passes through untouched and as it comes, streams too; only where a client names
the proxy itself, in Host or Origin, the server behind it is named instead.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade"}
_PIECE = 65536


class BearerProxy(ThreadingHTTPServer):
    """Listens on loopback in front of one server."""

    daemon_threads = True

    def __init__(self, target: str, token: str, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.authority = urlsplit(target).netloc
        self.token = token
        self.url = f"http://127.0.0.1:{self.server_port}{urlsplit(target).path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients may hang up whenever they like; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def bearer_proxy(target: str, token: str) -> Iterator[str]:
    """Yield the URL at which the target answers as if the token had been sent."""
    proxy = BearerProxy(target, token)
    thread = Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy.url
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: BearerProxy

    def _forward(self) -> None:
        host, _, port = self.server.authority.partition(":")
        upstream = HTTPConnection(host, int(port or 80), timeout=330)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self._headers():
                upstream.putheader(name, value)
            upstream.endheaders(self._body())
            self._relay(upstream.getresponse())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            upstream.close()

    do_GET = do_POST = do_DELETE = do_OPTIONS = do_PUT = do_HEAD = do_PATCH = _forward  # noqa: N815 -- the base class's names

    def _headers(self) -> Iterator[tuple[str, str]]:
        ours = f"127.0.0.1:{self.server.server_port}"
        for name, value in self.headers.items():
            if name.lower() in ("host", "origin"):
                yield name, value.replace(ours, self.server.authority)
            elif name.lower() not in _HOP_BY_HOP:
                yield name, value
        if "authorization" not in self.headers:
            yield "Authorization", f"Bearer {self.server.token}"

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _relay(self, response: HTTPResponse) -> None:
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        streamed = response.chunked
        if streamed:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while piece := response.read1(_PIECE):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if streamed else piece)
        if streamed:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        """Say nothing: the suite speaks for itself."""


if __name__ == "__main__":
    served = BearerProxy(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    print(served.url, flush=True)
    served.serve_forever()
