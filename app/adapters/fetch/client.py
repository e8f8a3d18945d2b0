"""The guarded client: what may be fetched is decided here, at every hop, before any connection."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cached_property, wraps
from ssl import SSLContext
from typing import ParamSpec, TypeVar

import httpcore2
import httpx2

from app.adapters.fetch import network, urls
from app.adapters.fetch.network import Deadline, Dial, Network, Resolve
from app.adapters.fetch.networks import Networks
from app.domain.fetching import JSON, Because, Fetched, NotFetched, Posted
from app.kit import meters

P = ParamSpec("P")
T = TypeVar("T")

MOST_REDIRECTS = 5
CHECK_S = 3.0
_MOVED = {301, 302, 303, 307, 308}
_LONGEST_AGE = 2**31  # what is longer counts as this (RFC 9111 §1.2.2)
_ENCODINGS = {"identity", "gzip", "deflate"}  # one of them: layers multiply what a bomb costs
_FAILURES: tuple[tuple[type[Exception], Because, str], ...] = (
    (httpcore2.TimeoutException, "timeout", "The answer took too long."),
    (httpcore2.NetworkError, "unreachable", "The address cannot be reached."),
    # Hung up, or broken off: it says nothing about what is there, however it is spelt.
    (httpcore2.RemoteProtocolError, "unreachable", "The answer broke off, or is not HTTP."),
    (httpcore2.ProtocolError, "unreadable", "The answer is not HTTP as we read it."),
    (httpx2.DecodingError, "unreadable", "The answer's compression is broken."),
    (httpx2.InvalidURL, "bad_address", "This is not an address."),
)


def _counted(ask: Callable[P, T]) -> Callable[P, T]:
    """Count what was not fetched, by why."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except NotFetched as error:
            meters.FETCHES_REFUSED.add(error.because)
            raise

    return asked


class Client:
    """Fetches with no cookies, no proxy, no credentials; tests hand in resolver, dialler, ports."""

    def __init__(
        self,
        *,
        user_agent: str,
        denied: Iterable[str] = (),
        resolve: Resolve = network.resolve,
        dial: Dial = network.dial,
        ports: Collection[int] = urls.PORTS,
        tls: SSLContext | None = None,
    ) -> None:
        self._networks = Networks(denied)
        self._resolve = resolve
        self._dial = dial
        self._ports = ports
        self._given_tls = tls
        self._user_agent = user_agent

    @_counted
    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = JSON,
        most_bytes: int = 64 * 1024,
        seconds: float = 10.0,
        redirects: int = 0,
    ) -> Fetched:
        target, deadline = urls.checked(url, self._ports), Deadline(seconds)
        for _ in range(min(redirects, MOST_REDIRECTS) + 1):
            with self._opened("GET", target, _asking(accept), deadline) as raw:
                answer = httpx2.Response(
                    raw.status, headers=raw.headers, stream=_Body(raw, most_bytes)
                )
                if answer.status_code not in _MOVED:
                    return _read(target, answer, accept, most_bytes)
                location = answer.headers.get("Location", "")
            if not redirects:
                break
            target = urls.onward(target, location, self._ports)
        raise NotFetched("redirect", "The address redirects, too often or at all.")

    @_counted
    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        most_bytes: int = 1024,
        seconds: float = 15.0,
    ) -> Posted:
        target, deadline = urls.checked(url, self._ports), Deadline(seconds)
        sent = {"Accept-Encoding": "identity", "Content-Length": str(len(body)), **headers}
        with self._opened("POST", target, sent, deadline, body) as raw:
            return Posted(raw.status, _beginning(raw, most_bytes))

    @_counted
    def check(self, url: str, *, there: bool = False) -> None:
        target = urls.checked(url, self._ports)
        backend = Network(self._networks, self._resolve, self._dial, Deadline(CHECK_S))
        try:
            backend.answers(target.raw_host.decode(), urls.port_of(target))
        except NotFetched as error:
            if there or error.because not in {"unreachable", "timeout"}:
                raise

    @contextmanager
    def _opened(
        self,
        method: str,
        url: httpx2.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        body: bytes | None = None,
    ) -> Iterator[httpcore2.Response]:
        """One hop over a connection of its own; its body is read inside."""
        backend = Network(self._networks, self._resolve, self._dial, deadline)
        sent: list[tuple[bytes | str, bytes | str]] = [
            ("Host", url.netloc.decode()),
            ("User-Agent", self._user_agent),
            ("Connection", "close"),
            *headers.items(),
        ]
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        with (
            _named_failures(),
            httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
            pool.stream(method, target, headers=sent, content=body) as raw,
        ):
            yield raw

    @cached_property
    def _tls(self) -> SSLContext:
        return self._given_tls or httpx2.create_ssl_context(trust_env=False)


class _Body(httpx2.SyncByteStream):
    """The raw body, for the response that decodes it; compressed nothing is nothing to wait for."""

    def __init__(self, raw: httpcore2.Response, most_bytes: int) -> None:
        self._raw = raw
        self._most_bytes = most_bytes

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._raw.iter_stream():
            size += len(chunk)
            if size > self._most_bytes:
                raise _too_large(self._most_bytes)
            yield chunk


def _asking(accept: Sequence[str]) -> dict[str, str]:
    return {"Accept": ", ".join(accept), "Accept-Encoding": "gzip, deflate"}


def _beginning(raw: httpcore2.Response, most_bytes: int) -> bytes:
    """As much of a body as is kept; the rest is not waited for."""
    body = bytearray()
    for chunk in raw.iter_stream():
        body += chunk
        if len(body) >= most_bytes:
            break
    return bytes(body[:most_bytes])


def _read(
    url: httpx2.URL, answer: httpx2.Response, accept: Sequence[str], most_bytes: int
) -> Fetched:
    if answer.status_code != 200:
        sentence = f"The address answers {answer.status_code}."
        raise NotFetched("status", sentence, status=answer.status_code)
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not any(fnmatchcase(kind, pattern) for pattern in accept):
        sentence = f"The answer is not {' or '.join(accept)}."
        raise NotFetched("content_type", sentence, kind=kind)
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in _ENCODINGS:
        raise NotFetched("unreadable", "The answer is compressed as nobody asked for.")
    body = bytearray()
    for chunk in answer.iter_bytes():  # decoded in pieces of at most a mebibyte
        body += chunk
        if len(body) > most_bytes:
            raise _too_large(most_bytes)
    age = _max_age(answer.headers.get("Cache-Control", ""))
    return Fetched(str(url), kind, bytes(body), age, answer.charset_encoding or "")


def _too_large(most_bytes: int) -> NotFetched:
    return NotFetched("too_large", f"The answer has more than {most_bytes:,} bytes.")


def _max_age(control: str) -> int | None:
    """RFC 9111 §5.2.2, as far as it matters to whoever keeps a copy for its own use."""
    said = [part.strip().lower() for part in control.split(",")]
    if {"no-store", "no-cache"} & set(said):
        return 0
    ages = [part.removeprefix("max-age=") for part in said if part.startswith("max-age=")]
    if not ages or not ages[0].isascii() or not ages[0].isdecimal():
        return None
    digits = ages[0].lstrip("0") or "0"
    return _LONGEST_AGE if len(digits) > len(str(_LONGEST_AGE)) else min(int(digits), _LONGEST_AGE)


@contextmanager
def _named_failures() -> Iterator[None]:
    """What went wrong in our own words."""
    try:
        yield
    except tuple(failure for failure, _, _ in _FAILURES) as error:
        because, sentence = next(f[1:] for f in _FAILURES if isinstance(error, f[0]))
        raise NotFetched(because, sentence) from None
