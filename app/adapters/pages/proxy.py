"""A forward proxy for one browser: what it asks for is connected to as the guarded client would.

The browser has no other way out. It resolves no name itself, so what is checked here is what is
dialled; bytes and time are counted over all of its connections together.
"""

import selectors
import socket
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Lock, Thread

import httpcore2
import httpx2

from app.adapters.fetch import network, urls
from app.adapters.fetch.network import Deadline, Dial, Network, Resolve
from app.adapters.fetch.networks import Networks
from app.domain.fetching import NotFetched

MOST_BYTES = 20 * 1024 * 1024
_HEAD = 32 * 1024
_PIECE = 64 * 1024
_READS = {b"GET", b"HEAD"}
# Whom Chromium asks on its own account; a page has nothing to look for there.
_OF_THE_BROWSER = frozenset((
    "accounts.google.com", "clients2.google.com", "update.googleapis.com",
    "android.clients.google.com", "safebrowsing.googleapis.com",
    "optimizationguide-pa.googleapis.com", "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com", "redirector.gvt1.com",
))  # fmt: skip
_OURS = (b"proxy-", b"connection:", b"keep-alive:", b"upgrade:")
_REFUSED = b"HTTP/1.1 502 Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OPENED = b"HTTP/1.1 200 Opened\r\n\r\n"


class Ways:
    """How one look at one page reaches the web, and how much of it is left."""

    def __init__(
        self,
        deadline: Deadline,
        *,
        denied: Iterable[str] = (),
        resolve: Resolve = network.resolve,
        dial: Dial = network.dial,
        ports: Collection[int] = urls.PORTS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.deadline = deadline
        self._network = Network(Networks(denied), resolve, dial, deadline)
        self._ports = ports
        self._left = most_bytes
        self._lock = Lock()

    def connect(self, url: httpx2.URL) -> httpcore2.NetworkStream:
        """A connection to a checked address, or NotFetched."""
        if url.host in _OF_THE_BROWSER:
            raise NotFetched("refused_address", "This is the browser's own affair.")
        return self._network.connect_tcp(url.raw_host.decode(), urls.port_of(url))

    def checked(self, address: str) -> httpx2.URL:
        """An address that has a shape we fetch, or NotFetched."""
        return urls.checked(address, self._ports)

    def count(self, size: int) -> None:
        """So much more went through; NotFetched where that is too much."""
        with self._lock:
            self._left -= size
            if self._left < 0:
                raise NotFetched("too_large", "The page loads too much.")


@contextmanager
def proxy(ways: Ways) -> Iterator[int]:
    """Its port on loopback, until the block ends; whoever uses it must have ended before."""
    server = _Server(ways)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingTCPServer):
    """Waits for its connections when it is closed: none of them outlives the look."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        super().__init__(("127.0.0.1", 0), _Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is nothing to tell of."""


class _Connection(BaseRequestHandler):
    """One connection of the browser: one request, or one tunnel."""

    server: _Server
    request: socket.socket

    def handle(self) -> None:
        ways = self.server.ways
        with suppress(OSError):
            self.request.settimeout(network.CONNECT_S)
            head, rest = _head_of(self.request)
            try:
                url, onward = _asked(ways, head)
                stream = ways.connect(url)
            except (NotFetched, httpcore2.NetworkError, httpcore2.TimeoutException, ValueError):
                self.request.sendall(_REFUSED)
                return
            try:
                far = stream.get_extra_info("socket")
                far.sendall(onward + rest if onward else rest)
                if not onward:
                    self.request.sendall(_OPENED)
                with suppress(NotFetched):
                    _relay(ways, self.request, far)
            finally:
                stream.close()


def _head_of(near: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and what came after it."""
    got = b""
    while b"\r\n\r\n" not in got and len(got) < _HEAD:
        piece = near.recv(_PIECE)
        if not piece:
            break
        got += piece
    head, _, rest = got.partition(b"\r\n\r\n")
    return head, rest


def _asked(ways: Ways, head: bytes) -> tuple[httpx2.URL, bytes]:
    """Where a request leads, and how it goes on from here; a tunnel goes on with nothing."""
    first, *headers = head.split(b"\r\n")
    method, target, _ = first.split(b" ")
    if method == b"CONNECT":
        return ways.checked(f"https://{target.decode('ascii')}"), b""
    url = ways.checked(target.decode("ascii"))
    if url.scheme != "http" or method not in _READS:  # https comes by tunnels; nothing is posted
        raise NotFetched("bad_address", "This is not asked.")
    kept = [line for line in headers if not line.lower().startswith(_OURS)]
    lines = [b"%s %s HTTP/1.1" % (method, url.raw_path), *kept, b"Connection: close", b"", b""]
    return url, b"\r\n".join(lines)


def _relay(ways: Ways, near: socket.socket, far: socket.socket) -> None:
    """Bytes both ways until one side ends; NotFetched where time or room does."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(near, selectors.EVENT_READ, far)
        waiting.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _ in waiting.select(ways.deadline.left()):
                piece = key.fileobj.recv(_PIECE)  # type: ignore[union-attr] # registered as sockets
                if not piece:
                    return
                ways.count(len(piece))
                key.data.sendall(piece)
