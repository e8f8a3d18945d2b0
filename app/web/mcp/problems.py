"""What JSON-RPC itself may refuse: broken messages, never a tool's own refusal."""

from collections.abc import Mapping, Sequence
from typing import Any

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
HEADER_MISMATCH = -32020
MISSING_CAPABILITY = -32021
UNSUPPORTED_VERSION = -32022
URL_ELICITATION_REQUIRED = -32042
LEGACY_RESOURCE_NOT_FOUND = -32002

LONGEST_ECHO = 128
"""Names of ours are no longer; what a caller made up need not come back whole."""


class RpcError(Exception):
    """A JSON-RPC error; `status` overrides the HTTP status its era would give the code."""

    def __init__(
        self, code: int, message: str, data: Any = None, *, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data
        self.status = status


class InvalidParams(RpcError):
    """A parameter of the method is missing or cannot be read."""

    def __init__(self, message: str, data: Any = None, *, status: int | None = None) -> None:
        super().__init__(INVALID_PARAMS, message, data, status=status)


class UnknownTool(InvalidParams):
    """No tool of that name is visible to the caller."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Unknown tool: {name[:LONGEST_ECHO]}")


class UnknownPrompt(InvalidParams):
    """No prompt has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Unknown prompt: {name[:LONGEST_ECHO]}")


class UnknownTask(InvalidParams):
    """Foreign, unknown and malformed task ids get the same words."""

    def __init__(self) -> None:
        super().__init__("Unknown task")


class RefusedTask(InvalidParams):
    """A tool's refusal where the method has no tool result to tell it in."""

    def __init__(self, refusal: Mapping[str, Any]) -> None:
        super().__init__(refusal["message"], dict(refusal))


class UnknownResource(InvalidParams):
    """Foreign, unknown and malformed resource URIs get the same words."""

    def __init__(self, uri: str) -> None:
        super().__init__("Resource not found", {"uri": uri})


class UnknownCursor(InvalidParams):
    """The cursor was not handed out by this list."""

    def __init__(self) -> None:
        super().__init__("Invalid cursor")


class MissingCapability(RpcError):
    """The call can only proceed with a capability that this request does not declare."""

    def __init__(self, required: Mapping[str, Any], message: str = "") -> None:
        words = message or f"Missing required client capability: {', '.join(required)}"
        super().__init__(MISSING_CAPABILITY, words, {"requiredCapabilities": required}, status=400)


class UrlElicitationRequired(RpcError):
    """2025-11-25 only: the user must visit a page before the call can be repeated."""

    def __init__(self, message: str, elicitations: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(URL_ELICITATION_REQUIRED, message, {"elicitations": list(elicitations)})
