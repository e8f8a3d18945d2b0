"""What a method hands back to its envelope: a result, or the way to one."""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from typing import Any, NamedTuple

from app.web.mcp.rpc import Call
from app.web.mcp.server import Context, Notice


class Result(NamedTuple):
    """A result's members, serialised but for what each era adds around them."""

    members: str = ""
    kind: str = "complete"
    meta: Mapping[str, Any] | None = None


Notices = Generator[Notice, None, Result]


class Stream(NamedTuple):
    """A result told over SSE after its notices; `at_last` is the answer when time is up."""

    notices: Notices
    at_last: Result | None = None


Answer = Result | Stream
Method = Callable[[Context, Call], Answer]


def drained(notices: Notices, context: Context) -> Result:
    """Wait for the result in silence; a client that leaves ends the wait, not the work."""
    with closing(notices):
        while True:
            try:
                next(notices)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if context.closed():
                return Result()
