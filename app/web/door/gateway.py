"""Where WSGI meets the doors: requests for their paths are answered here, all others pass on."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.web import outermost
from app.web.door.connection import watch
from app.web.door.http import Request, Response, TooLarge, Unreadable

LARGEST_BODY = 1024 * 1024

_STATUS_LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
_UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Gateway:
    """Middleware that keeps the framework off the path of a program's request."""

    def __init__(
        self,
        app: WSGIApplication,
        doors: Mapping[str, Callable[[Request], Response | None]],
        beside: Mapping[str, Callable[[Request], Response | None]] | None = None,
        *,
        request_id: Callable[[WSGIEnvironment], str] = lambda _: secrets.token_hex(8),
    ) -> None:
        self._app = app
        self._doors = doors
        self._beside = beside or {}  # by how a path begins that no door has
        self._request_id = request_id

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a door's path, or hand on what no door takes."""
        door = self._doors.get(environ.get("PATH_INFO", "")) or self._next_to(environ)
        response = door(_request(environ, self._request_id(environ))) if door else None
        if response is None:
            return self._app(environ, start_response)
        body = response.body
        if isinstance(body, bytes):
            response.headers.append(("Content-Length", str(len(body))))
            body = iter((body,) if environ["REQUEST_METHOD"] != "HEAD" else ())
        start_response(_STATUS_LINES[response.status], response.headers)
        return body

    def _next_to(self, environ: WSGIEnvironment) -> Callable[[Request], Response | None] | None:
        for start, door in self._beside.items():
            if environ.get("PATH_INFO", "").startswith(start):
                environ[outermost.ROUTE] = outermost.NO_ROUTE
                return door
        return None


class EnvironHeaders(Mapping[str, str]):
    """The request's headers by lower-case name, looked up when asked for."""

    __slots__ = ("_environ",)

    def __init__(self, environ: WSGIEnvironment) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        value: str = self._environ[_key(name)]
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """Return the header or the default, without an exception in between."""
        return self._environ.get(_key(name), default)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name, key in _UNPREFIXED.items() if key in self._environ)
        for key in self._environ:
            if key.startswith("HTTP_"):
                yield key[5:].replace("_", "-").lower()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _request(environ: WSGIEnvironment, id_: str) -> Request:
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        headers=EnvironHeaders(environ),
        body=partial(_read, environ),
        peer=environ.get("REMOTE_ADDR", ""),
        id=id_,
        closed=watch(environ),
    )


def _read(environ: WSGIEnvironment) -> bytes:
    """Read no more than one byte past the limit, whether or not a length was announced."""
    announced = environ.get("CONTENT_LENGTH") or ""
    if announced and not announced.isdecimal():
        raise Unreadable
    if announced and int(announced) > LARGEST_BODY:
        raise TooLarge
    if not announced and not environ.get("wsgi.input_terminated"):
        return b""
    try:
        body: bytes = environ["wsgi.input"].read(int(announced or LARGEST_BODY + 1))
    except OSError:
        raise Unreadable from None
    if len(body) > LARGEST_BODY:
        raise TooLarge
    return body


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    return _UNPREFIXED.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
