"""Real sockets on loopback, and a client that reaches them under the names of a made-up world."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET6

import httpcore2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.fetch import network
from app.adapters.fetch.client import Client
from tests.serving import serving as served

PUBLIC = "93.184.216.34"
AGENT = "Polis/1 (+https://polis.example/docs; help@polis.example)"


class Site(ThreadingHTTPServer):
    """Answers as its table says; remembers every request, and every connection."""

    daemon_threads = True

    def __init__(self, pages: dict[str, Callable], family: int | None = None) -> None:
        self.pages, self.requests, self.connections = pages, [], 0
        self.gone = threading.Event()
        if family is not None:
            self.address_family = family
        super().__init__(("::1" if family == AF_INET6 else "127.0.0.1", 0), Handler)

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up in the middle is what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        self.server.pages[self.path](self)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.server.pages[self.path](self)

    def log_message(self, *_facts) -> None:
        pass


@contextmanager
def serving(pages: dict[str, Callable], *, tls=None, family=None) -> Iterator[Site]:
    site = Site(pages, family)
    if tls is not None:
        site.socket = tls.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    with served(site):
        try:
            yield site
        finally:
            site.gone.set()  # whoever waits in a page is let go before the thread is waited for


def says(body: bytes, kind: str = "application/json", status: int = 200, **headers: str):
    """A page that answers at once."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def moves_to(location: str, status: int = 302):
    return says(b"", status=status, Location=location)


def bomb(mebibytes: int, kind: str = "application/json"):
    """Zeros that take a thousandth of their size on the wire."""
    return says(gzip.compress(bytes(mebibytes << 20)), kind, Content_Encoding="gzip")


def drips(handler: Handler) -> None:
    """Headers at once, then a byte now and again for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.gone.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def drips_headers(handler: Handler) -> None:
    """A status line, then headers one byte at a time for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.gone.wait(0.02):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def hangs_up(_handler: Handler) -> None:
    """The request is read, and the connection closed without a word."""


def breaks_off(handler: Handler) -> None:
    """Less than was announced, and then nothing more."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "64")
    handler.end_headers()
    handler.wfile.write(b'{"a":')


def babbles(handler: Handler) -> None:
    """What answers here does not speak HTTP."""
    handler.wfile.write(b"220 mail.example ready\r\n")


class World:
    """Names and the addresses they stand for; every public address is played by one site."""

    def __init__(self, site: Site, names: dict[str, list[str]] | None = None) -> None:
        self.site = site
        self.names = {"site.example": [PUBLIC], "other.example": ["1.1.1.1"], **(names or {})}
        self.asked: list[str] = []
        self.dialled: list[str] = []

    def client(self, **more) -> Client:
        facts = {"user_agent": AGENT, "resolve": self.resolve, "dial": self.dial, **more}
        return Client(**facts)

    def resolve(self, host: str, port: int) -> list[str]:
        """A list of lists is answered one after the other: a name that changes its mind."""
        self.asked.append(host)
        found = self.names.get(host)
        if found is None:
            return list(network.resolve(host, port))
        return found.pop(0) if found and isinstance(found[0], list) else found

    def dial(self, address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        self.dialled.append(f"{address}:{port}")
        return network.dial("127.0.0.1", self.site.server_port, seconds)


def never(_host: str, _port: int) -> list[str]:
    """A resolver that gives no answer while anybody waits for it."""
    time.sleep(1)
    return [PUBLIC]


def certificate_for(names: str | Sequence[str], folder: Path) -> Path:
    """A certificate that vouches for itself, with its key."""
    names = [names] if isinstance(names, str) else names
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(list(map(x509.DNSName, names))), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "site.pem"
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


def server_tls(certificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
