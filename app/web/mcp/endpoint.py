"""The order of an endpoint's checks: address, origin, credential, then form, then content."""

import logging
from typing import Any

from app.errors import PolisError
from app.web.mcp import cors, refusals, rpc
from app.web.mcp.envelope import Visit
from app.web.mcp.exchange import Exchange
from app.web.mcp.http import Refused, Request, Response, TooLarge, Unreadable
from app.web.mcp.server import Gate, Server

log = logging.getLogger(__name__)


class Endpoint:
    """Serves one server behind one gate."""

    def __init__(self, server: Server, gate: Gate) -> None:
        self._gate = gate
        self._exchange = Exchange(server)

    def __call__(self, request: Request) -> Response:
        """Answer a request; whatever happens, it gets an answer with its id."""
        response = self._addressed(request)
        response.headers.append(("X-Request-Id", request.id))
        return response

    def _addressed(self, request: Request) -> Response:
        if not self._gate.host_allowed(request.headers.get("host")):
            return refusals.response(Refused(421), request.id)
        origin = request.headers.get("origin")
        if origin is None:
            return self._safely(request)
        if not self._gate.origin_allowed(origin):
            return refusals.response(Refused(403, message="Origin not allowed"), request.id)
        if cors.is_preflight(request):
            return cors.preflight(origin)
        response = self._safely(request)
        response.headers.extend(cors.headers(origin))
        return response

    def _safely(self, request: Request) -> Response:
        try:
            return self._admitted(request)
        except Refused as refusal:
            return refusals.response(refusal, request.id)
        except Exception as mishap:
            if isinstance(mishap, PolisError) and refusals.ends_request(mishap):
                return refusals.response(refusals.refused(mishap), request.id)
            log.exception("mcp request failed", extra={"request_id": request.id})
            problem = refusals.internal_error(request.id)
            body = rpc.encode(rpc.error(None, problem))
            return Response(500, [refusals.JSON, refusals.NO_STORE], body)

    def _admitted(self, request: Request) -> Response:
        caller = self._gate.authenticate(request)
        _require_form(request)
        return self._exchange.respond(
            _body(request), _visit(request, caller), lambda count: self._gate.count(caller, count)
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


def _visit(request: Request, caller: Any) -> Visit:
    headers = request.headers
    streams = "text/event-stream" in headers.get("accept", "")
    return Visit(caller, request.id, headers, request.closed, streams)
