"""Requests of the handshake: to public addresses only, unless what was given is itself private."""

import json
from collections.abc import Mapping
from functools import cached_property
from ssl import SSLContext
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

import httpcore2
import httpx2

from app.adapters.doctor.masks import shown
from app.adapters.doctor.steps import Step
from app.adapters.fetch import network
from app.adapters.fetch.network import Deadline, Network
from app.adapters.fetch.networks import Networks
from app.domain.fetching import NotFetched

SECONDS = 30.0
MOST_BYTES = 1024 * 1024
_FAILURES = (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError)


class Answer(NamedTuple):
    """What came: a status of 0 where nothing did."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def facts(self) -> dict[str, Any]:
        """The body as a JSON object; of an event stream its last one; empty where it is none."""
        try:
            found = json.loads(_last_event(self.body) if self._streams else self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def _streams(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/event-stream")


class Anywhere(Networks):
    """The rule where the given address is private: its own network is what is looked at."""

    def allow(self, text: str) -> bool:  # noqa: ARG002 # whatever it is
        return True


class Wire:
    """Sends as one client and writes down what went and what came."""

    def __init__(self, user_agent: str, networks: Networks) -> None:
        self._user_agent = user_agent
        self._networks = networks

    @classmethod
    def towards(cls, url: str, user_agent: str) -> Self:
        """A wire for the network this address is in."""
        at, public = urlsplit(url), Networks()
        answers = network.resolve(at.hostname or "", at.port or 443)
        private = bool(answers) and not any(map(public.allow, answers))
        return cls(user_agent, Anywhere() if private else public)

    def get(self, step: Step, url: str, **headers: str) -> Answer:
        """A GET, told in the step."""
        return self.send(step, "GET", url, headers={"Accept": "application/json", **headers})

    def post_json(self, step: Step, url: str, facts: Any, headers: Mapping[str, str]) -> Answer:
        """A POST of JSON, told in the step."""
        kind = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        body = json.dumps(facts).encode()
        return self.send(step, "POST", url, headers=kind | dict(headers), body=body, told=facts)

    def post_form(self, step: Step, url: str, facts: Mapping[str, str]) -> Answer:
        """A POST of a form, told in the step."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        body = urlencode(facts).encode()
        return self.send(step, "POST", url, headers=kind, body=body, told=dict(facts))

    def send(
        self,
        step: Step,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        told: Any = "",
    ) -> Answer:
        """Any request, told in the step; whatever fails on the way is an answer of status 0."""
        bearer = " with a bearer" if "Authorization" in headers else ""
        step.sent.append(f"{method} {shown(url)}{bearer} {shown(told) if told else ''}".strip())
        try:
            answer = self._sent(method, url, headers, body)
        except NotFetched as error:
            answer = _nothing(error.sentence)
        except (*_FAILURES, httpx2.InvalidURL, httpx2.DecodingError, ValueError) as error:
            answer = _nothing(f"{type(error).__name__}: {error}")
        step.came.append(_said(answer))
        return answer

    def _sent(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        at = httpx2.URL(url)
        if at.scheme not in {"http", "https"} or not at.host or at.userinfo:
            raise NotFetched("bad_address", "This is no address a client would ask.")
        backend = Network(self._networks, network.resolve, network.dial, Deadline(SECONDS))
        target = httpcore2.URL(
            scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path
        )
        own = {"Host": at.netloc.decode(), "User-Agent": self._user_agent, "Connection": "close"}
        plain = {"Accept-Encoding": "identity", "Content-Length": str(len(body))}
        sent = [(n.encode(), v.encode()) for n, v in {**own, **plain, **headers}.items()]
        with (
            httpcore2.ConnectionPool(
                ssl_context=self._tls if at.scheme == "https" else None, network_backend=backend
            ) as pool,
            pool.stream(method, target, headers=sent, content=body) as raw,
        ):
            return Answer(raw.status, httpx2.Headers(raw.headers), _read(raw))

    @cached_property
    def _tls(self) -> SSLContext:
        return httpx2.create_ssl_context(trust_env=False)


def origin(url: str) -> tuple[str, str, int | None]:
    """What two addresses of one server share."""
    at = urlsplit(url)
    return at.scheme, at.hostname or "", at.port


def _read(raw: httpcore2.Response) -> bytes:
    body = bytearray()
    for chunk in raw.iter_stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise NotFetched("too_large", f"The answer has more than {MOST_BYTES:,} bytes.")
    return bytes(body)


def _nothing(sentence: str) -> Answer:
    return Answer(0, httpx2.Headers(), sentence.encode())


def _said(answer: Answer) -> str:
    if not answer.status:
        return f"no answer: {shown(answer.body.decode(errors='replace'))}"
    names = ("WWW-Authenticate", "Location", "Cache-Control")
    kept = [f"{name}: {shown(answer.headers[name])}" for name in names if name in answer.headers]
    return " | ".join([str(answer.status), *kept, *([shown(answer.facts)] if answer.facts else [])])


def _last_event(body: bytes) -> bytes:
    lines = [line[5:].strip() for line in body.splitlines() if line.startswith(b"data:")]
    return lines[-1] if lines else b""
