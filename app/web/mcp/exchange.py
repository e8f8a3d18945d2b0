"""One POST's messages, from bytes to an HTTP answer."""

from typing import Any

from app.web.door import json_text
from app.web.door.door import JSON, NO_STORE, Count
from app.web.door.http import Response
from app.web.mcp import revisions, rpc, sse
from app.web.mcp.dispatch import Dispatcher, Said, Texts
from app.web.mcp.envelope import Visit
from app.web.mcp.era import is_modern
from app.web.mcp.problems import RpcError
from app.web.mcp.rpc import Call, InvalidRequest, Reply
from app.web.mcp.server import Server

LARGEST_BATCH = 50


class Exchange:
    """Takes the message or the batch of a body and answers it."""

    def __init__(self, server: Server) -> None:
        self._dispatcher = Dispatcher(server)
        self._answered = server.answered

    def respond(self, body: bytes, visit: Visit, count: Count) -> Response:
        """Parse, count, answer; what cannot be parsed still counts as one message."""
        try:
            value = rpc.loads(body)
            if isinstance(value, list):
                _require_batch(value, visit)
        except RpcError as broken:
            count(1)
            return _json(400, rpc.error(None, broken))
        if isinstance(value, list):
            count(len(value))
            return self._batch(value, visit)
        count(1)
        return self._single(value, visit)

    def _single(self, value: Any, visit: Visit) -> Response:
        answer = self._answer(value, visit)
        if answer is None:
            return Response(202, [])
        if isinstance(answer, Said):
            return _json(answer.status, answer.text)
        return Response(200, [*sse.HEADERS], sse.frames(answer))

    def _batch(self, values: list[Any], visit: Visit) -> Response:
        """Answer each message in turn; a batch has no place for streams and waits."""
        prompt = visit._replace(alone=False, can_stream=False, can_wait=False)
        answers = [self._answer(value, prompt) for value in values]
        texts = [answer.text for answer in answers if isinstance(answer, Said)]
        return _json(200, f"[{','.join(texts)}]") if texts else Response(202, [])

    def _answer(self, value: Any, visit: Visit) -> Said | Texts | None:
        """Answer a call; take notifications and replies in silence."""
        try:
            message = rpc.message(value)
            if isinstance(message, Call):
                return self._dispatcher.answer(message, visit)
            if isinstance(message, Reply):
                self._take(message, visit)
        except InvalidRequest as broken:
            return Said(400, rpc.error(broken.id, broken))
        return None

    def _take(self, reply: Reply, visit: Visit) -> None:
        if is_modern({}, visit.headers.get("mcp-protocol-version")):
            raise InvalidRequest("Invalid request: this revision has no client responses")
        if self._answered is not None:
            self._answered(visit.caller, reply.message)


def _require_batch(values: list[Any], visit: Visit) -> None:
    version = visit.headers.get("mcp-protocol-version", revisions.ASSUMED)
    if version != revisions.ASSUMED:
        raise InvalidRequest(f"Invalid request: {version} has no batches")
    if not 1 <= len(values) <= LARGEST_BATCH:
        raise InvalidRequest(f"Invalid request: a batch holds 1 to {LARGEST_BATCH} messages")
    if any(isinstance(value, dict) and value.get("method") == "initialize" for value in values):
        raise InvalidRequest("Invalid request: initialize cannot be part of a batch")


def _json(status: int, text: str) -> Response:
    return Response(status, [JSON, NO_STORE], json_text.encode(text))
