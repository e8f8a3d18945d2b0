"""What is behind the MCP door: the messages of a body, and refusals as JSON-RPC errors."""

from typing import Any

from app.web.door import json_text
from app.web.door.door import Count
from app.web.door.http import Refused, Request, Response
from app.web.mcp import refusals, rpc
from app.web.mcp.envelope import Visit
from app.web.mcp.exchange import Exchange
from app.web.mcp.server import Server


class Endpoint:
    """One server's surface."""

    def __init__(self, server: Server) -> None:
        self._exchange = Exchange(server)

    def answer(self, request: Request, caller: Any, body: bytes, count: Count) -> Response:
        """Answer the message or the batch of a body."""
        headers = request.headers
        streams = "text/event-stream" in headers.get("accept", "")
        visit = Visit(caller, request.id, headers, request.closed, streams)
        return self._exchange.respond(body, visit, count)

    def refusal(self, refusal: Refused, request_id: str) -> bytes:
        """A JSON-RPC error that answers no message in particular."""
        problem = refusals.of_request(refusal, request_id)
        return json_text.encode(rpc.error(None, problem))

    def broken(self, request_id: str) -> bytes:
        """The same for a mistake of ours."""
        return json_text.encode(rpc.error(None, refusals.internal_error(request_id)))
