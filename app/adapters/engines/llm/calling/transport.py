"""The way to a provider: a whole call has its time, and its answer a size, however slowly it comes.

A client's own timeout is for each read: an answer that trickles would never be late.
"""

import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime

import httpx2

from app.adapters.engines.llm.calling.held import Network
from app.kit import clock

_MOST_BYTES = 2_000_000
_CONNECT_S = 10.0
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)

Clock = Callable[[], float]


def client(seconds: float, clock: Clock = time.monotonic) -> httpx2.Client:
    """A client without proxies, redirects or patience of its own."""
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=64)
    inner = httpx2.HTTPTransport(trust_env=False, limits=limits)
    inner._pool._network_backend = Network()  # noqa: SLF001 # no argument takes it there
    return httpx2.Client(
        transport=InTime(inner, seconds, clock),
        timeout=httpx2.Timeout(seconds, connect=min(seconds, _CONNECT_S)),
        trust_env=False,
    )


def retry_after(headers: httpx2.Headers) -> float | None:
    """The seconds a provider asks us to wait, where it says so."""
    told = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(told)
        return max(0.0, (moment - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return None


def sent(error: BaseException) -> bool:
    """Whether a call got as far as the provider, who may want its money whatever became of it."""
    return not isinstance(error.__cause__, _UNSENT)


class InTime(httpx2.BaseTransport):
    """Gives up what is not whole when its time is over."""

    def __init__(self, inner: httpx2.BaseTransport, seconds: float, clock: Clock) -> None:
        self._inner = inner
        self._seconds = seconds
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, its body watched while it is read."""
        ends = self._clock() + self._seconds
        answer = self._inner.handle_request(request)
        assert isinstance(answer.stream, httpx2.SyncByteStream)  # of a client that waits
        return httpx2.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Watched(answer.stream, lambda: self._clock() > ends),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._inner.close()


class _Watched(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, late: Callable[[], bool]) -> None:
        self._inner = inner
        self._late = late

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._inner:
            size += len(part)
            if self._late():
                raise httpx2.ReadTimeout("not whole in its time")
            if size > _MOST_BYTES:
                raise httpx2.ReadError("too large")
            yield part

    def close(self) -> None:
        self._inner.close()
