"""Refusals of a whole HTTP request, in JSON-RPC's words."""

from http import HTTPStatus

from app.web.door.http import Refused
from app.web.mcp.problems import INTERNAL_ERROR, INVALID_REQUEST, RpcError


def of_request(refusal: Refused, request_id: str) -> RpcError:
    """Say why a request was not answered, or what its status is called."""
    words = refusal.message or HTTPStatus(refusal.status).phrase
    return RpcError(INVALID_REQUEST, words, {**refusal.details, "request_id": request_id})


def internal_error(request_id: str) -> RpcError:
    """Own up to a mistake of ours, with nothing but the id its log line has."""
    return RpcError(INTERNAL_ERROR, "Internal error", {"request_id": request_id})
