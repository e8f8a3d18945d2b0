"""The ladder that tells a request's revision, or why it has none: pure, first failure wins."""

from collections.abc import Mapping
from typing import Any

from app.web.mcp import problems, revisions
from app.web.mcp.problems import InvalidParams, RpcError
from app.web.mcp.routing_headers import require_name
from app.web.mcp.rpc import Call

VERSION = "io.modelcontextprotocol/protocolVersion"
CAPABILITIES = "io.modelcontextprotocol/clientCapabilities"
CLIENT_INFO = "io.modelcontextprotocol/clientInfo"

_LEGACY = frozenset(revisions.LEGACY)
_MODERN = frozenset(revisions.MODERN)


def revision_of(call: Call, headers: Mapping[str, str]) -> str:
    """Return the revision a request is to be answered in, once its envelope holds."""
    header = headers.get("mcp-protocol-version")
    if not is_modern(call.params, header):
        return _legacy_revision(call, header)
    _require_matching_version(call.params.get("_meta"), header)
    _require_method(call.method, headers)
    require_name(call.method, call.params, headers)
    return str(header)


def is_modern(params: Mapping[str, Any], header: str | None) -> bool:
    """Say whether a message claims the stateless era, in its `_meta` or in its header."""
    meta = params.get("_meta")
    named = isinstance(meta, dict) and VERSION in meta
    return named or (header is not None and header not in _LEGACY)


def _legacy_revision(call: Call, header: str | None) -> str:
    """Without a header only `initialize` can say more than the oldest revision."""
    if call.method != "initialize":
        return header or revisions.ASSUMED
    asked = call.params.get("protocolVersion")
    if not isinstance(asked, str):
        raise InvalidParams("protocolVersion must be a string")
    return asked if asked in _LEGACY else revisions.NEWEST_LEGACY


def _require_matching_version(meta: Any, header: str | None) -> None:
    if not isinstance(meta, dict):
        raise InvalidParams("params._meta must be an object", status=400)
    asked = meta.get(VERSION)
    if not isinstance(asked, str):
        raise InvalidParams(f"params._meta lacks {VERSION}", status=400)
    if not isinstance(meta.get(CAPABILITIES), dict):
        raise InvalidParams(f"params._meta lacks {CAPABILITIES}", status=400)
    if header != asked:
        raise RpcError(
            problems.HEADER_MISMATCH,
            "Header mismatch: MCP-Protocol-Version must repeat params._meta",
            status=400,
        )
    if asked not in _MODERN:
        data = {"supported": list(revisions.MODERN), "requested": asked}
        message = "Unsupported protocol version"
        raise RpcError(problems.UNSUPPORTED_VERSION, message, data, status=400)


def _require_method(method: str, headers: Mapping[str, str]) -> None:
    if headers.get("mcp-method") != method:
        raise RpcError(
            problems.HEADER_MISMATCH,
            "Header mismatch: Mcp-Method must repeat the body's method",
            status=400,
        )
