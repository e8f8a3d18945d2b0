"""Answers that never change are made once: by Flask the first time, from memory after that."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.web.edge import REQUEST_ID_HEADER, request_id

_OF_A_BODY = {"Content-Length", "Content-Type"}


class Answer(NamedTuple):
    """A good answer, without what belongs to one request alone."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    tag: str  # empty where the answer has none


class Kept:
    """Middleware for documents that depend on nothing but their address and our host's name.

    Only a GET that was answered 200 is kept, so that refusals stay with whoever gives them, and
    there are as few answers as there are addresses and names of ours. Whoever may want Markdown
    is passed on: which form is preferred is not for us to weigh.
    """

    def __init__(self, app: WSGIApplication, paths: Iterable[str]) -> None:
        self._app = app
        self._paths = frozenset(paths)
        self._answers: dict[tuple[str, str], Answer] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or pass the request on."""
        path = environ.get("PATH_INFO", "")
        if (
            path not in self._paths
            or environ["REQUEST_METHOD"] != "GET"
            or "markdown" in environ.get("HTTP_ACCEPT", "").lower()
        ):
            return self._app(environ, start_response)
        key = (path, environ.get("HTTP_HOST", "").lower())
        answer = self._answers.get(key)
        if answer is None:
            return self._first(key, environ, start_response)
        headers = [*answer.headers, (REQUEST_ID_HEADER, request_id(environ))]
        if answer.tag and _has(environ.get("HTTP_IF_NONE_MATCH", ""), answer.tag):
            start_response("304 Not Modified", [h for h in headers if h[0] not in _OF_A_BODY])
            return ()
        start_response("200 OK", headers)
        return (answer.body,)

    def _first(
        self, key: tuple[str, str], environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[..., Any]:
            told.append((status, headers))
            return start_response(status, list(headers), *rest)

        inner = self._app(environ, started)
        body = b"".join(inner)
        getattr(inner, "close", lambda: None)()
        status, headers = told[-1]
        if status == "200 OK":
            kept = tuple(each for each in headers if each[0] != REQUEST_ID_HEADER)
            self._answers[key] = Answer(kept, body, dict(kept).get("ETag", ""))
        return (body,)


def _has(told: str, tag: str) -> bool:
    """Whether a reader holds this answer already, by weak comparison (RFC 9110 §13.1.2)."""
    known = {each.strip().removeprefix("W/") for each in told.split(",")}
    return "*" in known or tag.removeprefix("W/") in known
