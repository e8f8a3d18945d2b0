"""GitHub and Google as they would answer: real TLS and real HTTP, on this machine."""

import json
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import SSLContext, create_default_context
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from app.adapters import providers
from app.adapters.fetch import network
from app.adapters.fetch.transport import Transport
from tests.adapters.fetch.wire import PUBLIC, certificate_for, server_tls
from tests.serving import serving

NAMES = ("github.com", "api.github.com", "oauth2.googleapis.com", "www.googleapis.com")


@dataclass
class Account:
    """Somebody's account at a provider."""

    subject: int = 4711
    login: str = "ada-l"
    email: str = "ada@example.com"
    verified: bool = True


@dataclass
class Pretended:
    """Both providers behind one server; a test says who is signed in there, and what is wrong."""

    folder: Path
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    account: Account = field(default_factory=Account)
    wrong: dict = field(default_factory=dict)  # claims or answers that are not as they should be
    asked: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)  # challenge and nonce by code

    def approve(self, address: str) -> str:
        """What the browser comes back with from the address it was sent to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        back = urlsplit(query["redirect_uri"]).path
        return f"{back}?code={code}&state={query['state']}"

    def answer(self, host: str, path: str, form: dict, headers: dict) -> tuple[int, object]:
        self.asked.append((host, path))
        if path in self.wrong:
            return self.wrong[path]
        if path in {"/login/oauth/access_token", "/token"}:
            return self._token(form, headers)
        if path == "/oauth2/v3/certs":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        assert headers["Authorization"] == "Bearer an-access-token"
        if path == "/user":
            return 200, {"id": self.account.subject, "login": self.account.login}
        other = {"email": "other@example.com", "primary": False, "verified": True}
        mine = {"email": self.account.email, "primary": True, "verified": self.account.verified}
        return 200, [other, mine]

    def _token(self, form: dict, headers: dict) -> tuple[int, object]:
        began = self.codes.pop(form["code"], None)
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        said = b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
        if (
            began is None
            or challenge.rstrip(b"=").decode() != began["code_challenge"]
            or began["redirect_uri"] != form["redirect_uri"]
            or said != f"{began['client_id']}:its-secret"
        ):
            return 400, {"error": "invalid_grant"}
        token = {"access_token": "an-access-token", "token_type": "bearer"}
        if "nonce" in began:
            token["id_token"] = self._id_token(began)
        return 200, token

    def _id_token(self, began: dict) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://accounts.google.com", "aud": began["client_id"], "iat": now,
            "exp": now + 300, "sub": str(self.account.subject), "nonce": began["nonce"],
            "email": self.account.email, "email_verified": self.account.verified,
        } | self.wrong.get("claims", {})  # fmt: skip
        key = self.wrong.get("key", self.key)
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    @contextmanager
    def serving(self) -> Iterator[Transport]:
        """Serve both; gives the way there, which resolves their names to a public address."""
        certificate = certificate_for(NAMES, self.folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        server.socket = server_tls(certificate).wrap_socket(server.socket, server_side=True)
        port = server.server_port
        with serving(server):
            yield Transport(
                providers.HOSTS,
                resolve=lambda _host, _port: [PUBLIC],
                dial=lambda _address, _port, seconds: network.dial("127.0.0.1", port, seconds),
                tls=_trusting(certificate),
            )


def _trusting(certificate: Path) -> SSLContext:
    return create_default_context(cafile=str(certificate))


def _handler(pretended: Pretended) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict) -> None:
            host, headers = self.headers["Host"], dict(self.headers)
            status, told = pretended.answer(host, self.path, form, headers)
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_facts) -> None:
            pass

    return Handler
