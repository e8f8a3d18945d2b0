"""The handshake era: 2025-03-26 to 2025-11-25, without sessions."""

from typing import Any

from app.web.door import json_text
from app.web.mcp import methods, problems
from app.web.mcp.answers import Result
from app.web.mcp.envelope import Visit, progress_token
from app.web.mcp.methods import parameters
from app.web.mcp.problems import RpcError, UnknownResource
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Server


class Legacy:
    """The envelope of the three handshake revisions."""

    def __init__(self, server: Server) -> None:
        self.methods = methods.legacy(server)

    def context(self, visit: Visit, revision: str, call: Call) -> Context:
        """Only `initialize` says who the client is; nothing is kept between requests."""
        meta = parameters.optional_mapping(call.params, "_meta")
        hello = call.params if call.method == "initialize" else {}
        return Context(
            caller=visit.caller,
            revision=revision,
            modern=False,
            request_id=visit.request_id,
            closed=visit.closed,
            meta=meta,
            client_capabilities=_object(hello.get("capabilities")) or {},
            client_info=_object(hello.get("clientInfo")),
            progress_token=progress_token(meta),
            input_responses={},
            request_state=None,
            wants_task=False,
            can_stream=visit.can_stream,
            can_wait=visit.can_wait,
        )

    def require_headers(self, visit: Visit, call: Call) -> None:
        """Accept any: this era has no routing headers."""

    def result(self, result: Result) -> str:
        """Serialise the members as they are."""
        if result.meta is None:
            return f"{{{result.members}}}"
        meta = f'"_meta":{json_text.dumps(result.meta)}'
        return f"{{{result.members},{meta}}}" if result.members else f"{{{meta}}}"

    def problem(self, problem: RpcError) -> tuple[RpcError, int]:
        """Answer with 200 unless the message itself was broken."""
        if isinstance(problem, UnknownResource):
            code = problems.LEGACY_RESOURCE_NOT_FOUND
            return RpcError(code, problem.message, problem.data), 200
        return problem, problem.status or 200


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None
