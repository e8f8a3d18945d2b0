"""Refusals that end an HTTP request before, or instead of, an answer in JSON-RPC."""

from http import HTTPStatus

from app.errors import Kind, PolisError
from app.web.mcp import rpc
from app.web.mcp.http import Header, Refused, Response
from app.web.mcp.problems import INTERNAL_ERROR, INVALID_REQUEST, RpcError

JSON: Header = ("Content-Type", "application/json")
NO_STORE: Header = ("Cache-Control", "no-store")

_STATUS = {
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.THROTTLED: 429,
    Kind.UNAVAILABLE: 503,
}
_HEADERS = {"challenge": "WWW-Authenticate", "retry_after_s": "Retry-After"}


def ends_request(mishap: BaseException) -> bool:
    """Say whether an exception is a refusal with an HTTP status of its own."""
    return isinstance(mishap, Refused) or (
        isinstance(mishap, PolisError) and mishap.kind in _STATUS
    )


def refused(refusal: PolisError) -> Refused:
    """Give a refusal of the product its status, its challenge and its time to wait."""
    headers = [
        (name, str(refusal.details[key]))
        for key, name in _HEADERS.items()
        if key in refusal.details
    ]
    return Refused(_STATUS[refusal.kind], headers, message=refusal.message)


def response(refusal: Refused, request_id: str) -> Response:
    """Return the refusal's own body, or one in the shape of a JSON-RPC error."""
    body = refusal.body or _body(refusal, request_id)
    return Response(refusal.status, [JSON, NO_STORE, *refusal.headers], body)


def internal_error(request_id: str) -> RpcError:
    """Own up to a mistake of ours, with nothing but the id its log line has."""
    return RpcError(INTERNAL_ERROR, "Internal error", {"request_id": request_id})


def _body(refusal: Refused, request_id: str) -> bytes:
    words = refusal.message or HTTPStatus(refusal.status).phrase
    problem = RpcError(INVALID_REQUEST, words, {"request_id": request_id})
    return rpc.encode(rpc.error(None, problem))
