"""The guarded network for libraries that speak HTTP themselves: what they ask goes over it."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from ssl import SSLContext

import httpcore2
import httpx2

from app.adapters.fetch import network
from app.adapters.fetch.network import Deadline, Dial, Network, Resolve
from app.adapters.fetch.networks import Networks
from app.domain.fetching import NotFetched

_SECONDS = 10.0
_MOST_BYTES = 512 * 1024
_FAILURES = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError)


class Transport(httpx2.BaseTransport):
    """Asks over TLS, of the hosts it was made for and of public addresses only."""

    def __init__(
        self,
        hosts: Collection[str],
        *,
        denied: Iterable[str] = (),
        resolve: Resolve = network.resolve,
        dial: Dial = network.dial,
        tls: SSLContext | None = None,
    ) -> None:
        self._hosts = frozenset(hosts)
        self._networks = Networks(denied)
        self._resolve = resolve
        self._dial = dial
        self._given_tls = tls

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One request over a connection of its own, its whole answer read; NotFetched if none."""
        if request.url.scheme != "https" or request.url.host not in self._hosts:
            raise NotFetched("refused_address", "This host is not asked.")
        backend = Network(self._networks, self._resolve, self._dial, Deadline(_SECONDS))
        url = request.url
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        try:
            with httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool:
                raw = pool.request(
                    request.method,
                    target,
                    headers=[*request.headers.raw, (b"connection", b"close")],
                    content=request.read(),
                )
        except _FAILURES as error:
            raise NotFetched("unreachable", "The provider cannot be reached.") from error
        return httpx2.Response(raw.status, headers=raw.headers, stream=_Whole(raw.content))

    @cached_property
    def _tls(self) -> SSLContext:
        return self._given_tls or httpx2.create_ssl_context(trust_env=False)


class _Whole(httpx2.SyncByteStream):
    """A body that is there already."""

    def __init__(self, body: bytes) -> None:
        if len(body) > _MOST_BYTES:
            raise NotFetched("too_large", "The provider's answer is too large.")
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body
