"""What an era puts around a method: its context, its result, its errors."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from app.web.mcp.answers import Method, Result
from app.web.mcp.problems import InvalidParams, RpcError
from app.web.mcp.rpc import Call
from app.web.mcp.server import Context


class Visit(NamedTuple):
    """What all messages of one HTTP request share."""

    caller: Any
    request_id: str
    headers: Mapping[str, str]
    closed: Callable[[], bool]
    can_stream: bool
    can_wait: bool = True
    alone: bool = True  # in a batch the refusal of one message must not swallow others' answers


class Envelope(Protocol):
    """One era's shapes."""

    methods: dict[str, Method]

    def context(self, visit: Visit, revision: str, call: Call) -> Context:
        """Read what the request says of itself; else InvalidParams."""

    def require_headers(self, visit: Visit, call: Call) -> None:
        """Refuse headers that contradict the call."""

    def result(self, result: Result) -> str:
        """Serialise a result with what the era adds to it."""

    def problem(self, problem: RpcError) -> tuple[RpcError, int]:
        """Return the problem in the era's own code, and its HTTP status."""


def progress_token(meta: Mapping[str, Any]) -> str | int | None:
    """Return the token under which the client wants progress told, if it does."""
    token = meta.get("progressToken")
    if token is None or type(token) is str or type(token) is int:
        return token
    raise InvalidParams("progressToken must be a string or an integer")
