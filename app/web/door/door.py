"""The order of a door's checks: address, origin, credential, then form, then content."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Protocol

from app.errors import Kind, PolisError
from app.kit import meters
from app.web.door import cors, mishaps
from app.web.door.http import Header, Refused, Request, Response, TooLarge, Unreadable
from app.web.error_shapes import STATUS, code_of, details_of

JSON: Header = ("Content-Type", "application/json")
NO_STORE: Header = ("Cache-Control", "no-store")

_ENDS = frozenset({Kind.UNAUTHENTICATED, Kind.FORBIDDEN, Kind.THROTTLED, Kind.UNAVAILABLE})
_HEADERS = {"challenge": "WWW-Authenticate", "retry_after_s": "Retry-After"}

_ORIGIN = "Call from a server, or have the operator allow the page's origin."

Count = Callable[[int], None]
"""Counts so many messages of a request; what is left is told on its answer, whatever that is."""


class Gate(Protocol):
    """Who may come in; the only part of a door that knows addresses, credentials and limits."""

    def host_allowed(self, host: str | None) -> bool:
        """Say whether the Host header is ours."""

    def origin_allowed(self, origin: str) -> bool:
        """Say whether a browser page of that origin may call."""

    def authenticate(self, request: Request) -> Any:
        """Return the caller; else Refused (401) or a PolisError of kind UNAUTHENTICATED."""

    def count(self, caller: Any, messages: int) -> list[Header]:
        """Count so many messages and return RateLimit headers; else Refused or THROTTLED."""


class Surface(Protocol):
    """What is behind a door: one protocol's answers and the words of its refusals."""

    def answer(self, request: Request, caller: Any, body: bytes, count: Count) -> Response:
        """Answer who was let in; it counts what it finds in the body itself."""

    def refusal(self, refusal: Refused, request_id: str) -> bytes:
        """The body of a refusal that has none."""

    def broken(self, request_id: str) -> bytes:
        """Own up to a mistake of ours, with nothing but the id its log line has."""


class Door:
    """Serves one surface behind one gate."""

    def __init__(self, gate: Gate, surface: Surface) -> None:
        self._gate = gate
        self._surface = surface

    def __call__(self, request: Request) -> Response:
        """Answer a request; whatever happens, it gets an answer with its id."""
        response = self._addressed(request)
        response.headers.append(("X-Request-Id", request.id))
        return response

    def _addressed(self, request: Request) -> Response:
        if not self._gate.host_allowed(request.headers.get("host")):
            return self._refused(Refused(421), request)
        origin = request.headers.get("origin")
        if origin is None:
            return self._safely(request)
        if not self._gate.origin_allowed(origin):
            return self._refused(Refused(403, message="Origin not allowed", hint=_ORIGIN), request)
        if cors.is_preflight(request):
            return cors.preflight(origin)
        response = self._safely(request)
        response.headers.extend(cors.headers(origin))
        return response

    def _safely(self, request: Request) -> Response:
        counted: list[Header] = []
        response = mishaps.answered(
            lambda: self._answer(request, counted),
            refusal=lambda mishap: self._refusal(mishap, request),
            broken=lambda: Response(500, [JSON, NO_STORE], self._surface.broken(request.id)),
            request_id=request.id,
        )
        response.headers.extend(counted)
        return response

    def _answer(self, request: Request, counted: list[Header]) -> Response:
        caller = self._gate.authenticate(request)
        _require_form(request)

        def count(messages: int) -> None:
            counted.extend(self._gate.count(caller, messages))

        return self._surface.answer(request, caller, _body(request), count)

    def _refusal(self, mishap: Exception, request: Request) -> Response | None:
        refusal = as_refused(mishap)
        return None if refusal is None else self._refused(refusal, request)

    def _refused(self, refusal: Refused, request: Request) -> Response:
        meters.REFUSALS.add(refusal.code or code_of(HTTPStatus(refusal.status)))
        body = refusal.body or self._surface.refusal(refusal, request.id)
        return Response(refusal.status, [JSON, NO_STORE, *refusal.headers], body)


class Nowhere(Door):
    """Beside a surface's paths: who may read its answers may also read that there is none."""

    def _answer(self, request: Request, counted: list[Header]) -> Response:
        del request, counted  # whoever asks, there is nothing
        raise Refused(404)


def ends_request(mishap: BaseException) -> bool:
    """Say whether an exception is a refusal with an HTTP status of its own."""
    return isinstance(mishap, Refused) or (isinstance(mishap, PolisError) and mishap.kind in _ENDS)


def as_refused(mishap: Exception) -> Refused | None:
    """What ends a request, with its status and headers; None where nothing of the kind is it."""
    if isinstance(mishap, PolisError) and ends_request(mishap):
        return _with_status(mishap)
    return mishap if isinstance(mishap, Refused) else None


def _with_status(refusal: PolisError) -> Refused:
    """Give a refusal of the product its status, its challenge and its time to wait."""
    details = details_of(refusal)
    headers = [(name, str(details[key])) for key, name in _HEADERS.items() if key in details]
    details.pop("challenge", None)  # a header, and no figure
    return Refused(
        STATUS[refusal.kind],
        headers,
        message=refusal.message,
        code=refusal.code,
        hint=refusal.hint,
        details=details,
    )


def _require_form(request: Request) -> None:
    if request.method != "POST":
        raise Refused(405, [("Allow", "POST")])
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        raise Refused(415, message="Content-Type must be application/json")


def _body(request: Request) -> bytes:
    try:
        return request.body()
    except TooLarge:
        raise Refused(413) from None
    except Unreadable:
        raise Refused(400, message="The body ended early or is badly framed") from None
