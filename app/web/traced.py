"""A span around each request, named by its route's pattern; there only where spans are wanted."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.kit.tracing import Spans
from app.web import outermost
from app.web.request_ids import request_id


class Traced:
    """Middleware around all others; the span ends when the answer begins."""

    def __init__(self, app: WSGIApplication, spans: Spans) -> None:
        self._app = app
        self._spans = spans

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, in a span of its own."""
        with self._spans.request(request_id(environ)) as span:

            def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                method, route = outermost.known(environ)
                span.update_name(f"{method} {route}")
                span.set_attribute("http.request.method", method)
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", int(status[:3]))
                return start_response(status, headers, *rest)

            return self._app(environ, started)
