"""HTTP as the wire sees it: a request, a response, and the refusal that ends one early."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Header = tuple[str, str]


class TooLarge(Exception):
    """The body is longer than the endpoint reads."""


class Unreadable(Exception):
    """The body ended early or its framing is broken."""


def never() -> bool:
    """Treat a connection nobody can watch as open."""
    return False


class Request(NamedTuple):
    """One HTTP request; `body` reads it once and `closed` says whether its sender left."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Callable[[], bytes]
    peer: str = ""
    id: str = ""
    closed: Callable[[], bool] = never


class Response(NamedTuple):
    """One HTTP response; a body of bytes has a length, an iterator is streamed."""

    status: int
    headers: list[Header]
    body: bytes | Iterator[bytes] = b""


class Refused(Exception):
    """The request ends here with this status; an empty body becomes the status in JSON."""

    def __init__(
        self,
        status: int,
        headers: list[Header] | None = None,
        body: bytes = b"",
        message: str = "",
        code: str = "",
        hint: str = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message or str(status))
        self.status = status
        self.headers = headers or []
        self.body = body
        self.message = message
        self.code = code  # where the product has a word of its own for it
        self.hint = hint
        self.details = details or {}  # its figures
