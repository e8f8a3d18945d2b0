"""The MCP side: asked as a client of 2025-11-25 asks."""

from typing import Any

from app.adapters.doctor.case import Case, text
from app.adapters.doctor.steps import Step
from app.adapters.doctor.wire import Answer

_VERSION = "2025-11-25"
_HELLO = {
    "protocolVersion": _VERSION,
    "capabilities": {},
    "clientInfo": {"name": "polis-doctor", "version": "1"},
}
_PARAMS: dict[str, dict[str, Any]] = {
    "initialize": _HELLO,
    "tools/call": {"name": "polis_account", "arguments": {}},
}


def asked(case: Case, step: Step, method: str, token: str) -> Answer:
    """One JSON-RPC request."""
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": _PARAMS.get(method, {})}
    headers = {"MCP-Protocol-Version": _VERSION, **bearer}
    return case.wire.post_json(step, case.url, message, headers)


def initialize(case: Case, step: Step) -> None:
    """The token opens a session."""
    result = _result(case, step, "initialize")
    step.expect("mcp", text(result, "protocolVersion"), "Cannot agree on a protocol version.")


def tools(case: Case, step: Step) -> None:
    """The tools are listed, each with a title and hints."""
    listed = [each for each in _result(case, step, "tools/list").get("tools") or [] if each]
    step.need("mcp", listed, "Shows a connection without tools.")
    bare = [each.get("name") for each in listed if not _described(each)]
    step.expect("tool_hints", not bare, f"Asks before each call of: {bare}")


def account(case: Case, step: Step) -> None:
    """The one tool that costs nothing answers."""
    result = _result(case, step, "tools/call")
    failed = not result or result.get("isError") is True
    step.expect("mcp", not failed, "Tells its person that the tool failed.")


def _result(case: Case, step: Step, method: str) -> dict[str, Any]:
    answer = asked(case, step, method, text(case.tokens, "access_token"))
    found = answer.facts.get("result")
    step.need(
        "mcp", answer.status == 200 and isinstance(found, dict),
        "Has a token that opens nothing: it says that the connection failed.",
    )  # fmt: skip
    return found if isinstance(found, dict) else {}


def _described(tool: dict[str, Any]) -> bool:
    hints = tool.get("annotations") or {}
    return bool(tool.get("title") or hints.get("title")) and bool(
        {"readOnlyHint", "destructiveHint"} & set(hints)
    )
