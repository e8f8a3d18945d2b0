"""A connection around another: everything goes through, and whoever is around may have a say."""

from ssl import SSLContext
from typing import Any, Self

import httpcore2


class Around(httpcore2.NetworkStream):
    """Passes everything on to the connection within."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def around(self, inner: httpcore2.NetworkStream) -> Self:
        """The same around another connection: the one TLS makes of ours."""
        return type(self)(inner)

    def patience(self, timeout: float | None) -> float | None:
        """How long a read, a write or a handshake may take."""
        return timeout

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self.patience(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self.patience(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = self.patience(timeout)
        return self.around(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
