"""One line an answer: route pattern, never its arguments; status, time, request id."""

import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.kit import clock

ROUTE = "polis.route"  # set by whoever knows the pattern
REQUEST_ID = "polis.request_id"
_METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None


class AccessLog:
    """Middleware that writes the line when the answer begins."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on and log its answer."""
        began = time.perf_counter()

        def started(
            status: str, headers: list[tuple[str, str]], exc_info: _ExcInfo = None, /
        ) -> Any:
            _write(environ, status[:3], time.perf_counter() - began)
            return start_response(status, headers, exc_info)

        return self._app(environ, started)


def _write(environ: WSGIEnvironment, status: str, seconds: float) -> None:
    """Every value is ours, so that nothing needs escaping: this line is on the hot path."""
    method = environ["REQUEST_METHOD"]
    sys.stderr.write(
        f'{{"event":"http","at":"{clock.iso(clock.now())}",'
        f'"method":"{method if method in _METHODS else "?"}",'
        f'"route":"{environ.get(ROUTE, "-")}","status":{status},"ms":{seconds * 1000:.1f},'
        f'"request_id":"{environ.get(REQUEST_ID, "-")}"}}\n'
    )
