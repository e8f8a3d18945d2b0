"""The stateless era: 2026-07-28, where every request says all of itself."""

from typing import Any

from app.web.door import json_text
from app.web.mcp import methods, problems, revisions
from app.web.mcp.answers import Result
from app.web.mcp.capabilities import takes_tasks
from app.web.mcp.envelope import Visit, progress_token
from app.web.mcp.era import CAPABILITIES, CLIENT_INFO
from app.web.mcp.methods import parameters
from app.web.mcp.methods.lifecycle import implementation
from app.web.mcp.problems import RpcError
from app.web.mcp.routing_headers import require_arguments
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Json, Server

SERVER_INFO = "io.modelcontextprotocol/serverInfo"

_STATUS = {
    problems.INVALID_REQUEST: 400,
    problems.METHOD_NOT_FOUND: 404,
    problems.HEADER_MISMATCH: 400,
    problems.MISSING_CAPABILITY: 400,
    problems.UNSUPPORTED_VERSION: 400,
}


class Modern:
    """The envelope of the stateless revision."""

    def __init__(self, server: Server) -> None:
        self.methods = methods.modern(server)
        self._mirrored = server.mirrored
        us = implementation(server.implementation, revisions.MODERN[-1])
        self._meta: Json = {SERVER_INFO: us}
        self._tail = f'"_meta":{json_text.dumps(self._meta)}}}'

    def context(self, visit: Visit, revision: str, call: Call) -> Context:
        """Read the client from the request's own `_meta`."""
        params: dict[str, Any] = call.params
        meta = params["_meta"]
        capabilities, info = meta[CAPABILITIES], meta.get(CLIENT_INFO)
        return Context(
            caller=visit.caller,
            revision=revision,
            modern=True,
            request_id=visit.request_id,
            closed=visit.closed,
            meta=meta,
            client_capabilities=capabilities,
            client_info=info if isinstance(info, dict) else None,
            progress_token=progress_token(meta),
            input_responses=parameters.optional_mapping(params, "inputResponses"),
            request_state=parameters.optional_text(params, "requestState"),
            wants_task=takes_tasks(capabilities),
            can_stream=visit.can_stream,
            can_wait=visit.can_wait,
        )

    def require_headers(self, visit: Visit, call: Call) -> None:
        """Refuse a tool call whose mirrored arguments differ from its headers."""
        if self._mirrored and call.method == "tools/call":
            mirrored = self._mirrored.get(call.params.get("name", ""), {})
            require_arguments(mirrored, call.params.get("arguments"), visit.headers)

    def result(self, result: Result) -> str:
        """Serialise the members with the kind of result and who gave it."""
        head = f'{{"resultType":"{result.kind}",'
        if result.members:
            head = f"{head}{result.members},"
        if result.meta is None:
            return head + self._tail
        return f'{head}"_meta":{json_text.dumps({**self._meta, **result.meta})}}}'

    def problem(self, problem: RpcError) -> tuple[RpcError, int]:
        """Answer with the status the era gives the code."""
        return problem, problem.status or _STATUS.get(problem.code, 200)
