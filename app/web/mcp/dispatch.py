"""One call, from its revision to its text or its stream of texts."""

import logging
from collections.abc import Generator
from typing import NamedTuple

from app.web.door.door import as_refused, ends_request
from app.web.mcp import problems, refusals, revisions, rpc
from app.web.mcp.answers import Method, Stream
from app.web.mcp.envelope import Envelope, Visit
from app.web.mcp.era import revision_of
from app.web.mcp.legacy import Legacy
from app.web.mcp.modern import Modern
from app.web.mcp.problems import RpcError
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Server
from app.web.mcp.telling import told

Texts = Generator[str | None, None, None]

log = logging.getLogger(__name__)


class Said(NamedTuple):
    """An answer in one piece, and the HTTP status it goes out with."""

    status: int
    text: str


class Dispatcher:
    """Finds a call's method in its era and wraps what comes back."""

    def __init__(self, server: Server) -> None:
        self._legacy: Envelope = Legacy(server)
        self._envelopes: dict[str, Envelope] = {
            **dict.fromkeys(revisions.LEGACY, self._legacy),
            **dict.fromkeys(revisions.MODERN, Modern(server)),
        }

    def answer(self, call: Call, visit: Visit) -> Said | Texts:
        """Answer one call; only a refusal of a whole request that is nothing else is raised."""
        envelope = self._legacy
        try:
            revision = revision_of(call, visit.headers)
            envelope = self._envelopes[revision]
            method = _method(envelope, call)
            envelope.require_headers(visit, call)
            context = envelope.context(visit, revision, call)
            answer = method(context, call)
            if isinstance(answer, Stream):
                return _texts(answer, call, envelope, context)
            return Said(200, rpc.result(call.id, envelope.result(answer)))
        except Exception as mishap:
            if visit.alone and ends_request(mishap):
                raise
            problem, status = envelope.problem(_problem(mishap, visit.request_id))
            return Said(status, rpc.error(call.id, problem))


def _method(envelope: Envelope, call: Call) -> Method:
    method = envelope.methods.get(call.method)
    if method is None:
        raise RpcError(problems.METHOD_NOT_FOUND, "Method not found")
    return method


def _texts(stream: Stream, call: Call, envelope: Envelope, context: Context) -> Texts:
    try:
        result = yield from told(stream, context)
        text = rpc.result(call.id, envelope.result(result))
    except Exception as mishap:  # noqa: BLE001 -- the headers are out: whatever it is, say it in the stream
        problem, _ = envelope.problem(_problem(mishap, context.request_id))
        text = rpc.error(call.id, problem)
    yield text


def _problem(mishap: Exception, request_id: str) -> RpcError:
    """Pass on what is a refusal; anything else is logged whole and told as nothing but its id."""
    if isinstance(mishap, RpcError):
        return mishap
    refusal = as_refused(mishap)
    if refusal is not None:
        return refusals.of_request(refusal, request_id)
    log.error("mcp call failed", exc_info=mishap, extra={"request_id": request_id})
    return refusals.internal_error(request_id)
