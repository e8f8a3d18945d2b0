"""The messages of a streamed answer, in order, as JSON text."""

import math
import time
from collections.abc import Callable, Generator
from contextlib import closing

from app.web.door import json_text
from app.web.mcp.answers import Result, Stream
from app.web.mcp.problems import INTERNAL_ERROR, RpcError
from app.web.mcp.server import Context, Json, Progress

LONGEST_S = 300.0
"""A stream holds a thread; after this it ends, and its client may ask again."""


def told(
    stream: Stream, context: Context, clock: Callable[[], float] = time.monotonic
) -> Generator[str | None, None, Result]:
    """Yield each notice's text, None for none yet, and return the result."""
    deadline = clock() + LONGEST_S
    reached = -math.inf
    with closing(stream.notices):
        while True:
            try:
                notice = next(stream.notices)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if not isinstance(notice, Progress):
                yield None if notice is None else json_text.dumps({"jsonrpc": "2.0", **notice})
            elif notice.progress > reached and context.progress_token is not None:
                reached = notice.progress
                yield json_text.dumps(_progress(notice, context.progress_token))
            if context.closed() or clock() >= deadline:
                break
    if stream.at_last is None:
        raise RpcError(INTERNAL_ERROR, "The stream's time is up; ask again")
    return stream.at_last


def _progress(notice: Progress, token: str | int) -> Json:
    params: Json = {"progressToken": token, "progress": notice.progress}
    if notice.total is not None:
        params["total"] = notice.total
    if notice.message:
        params["message"] = notice.message
    return {"jsonrpc": "2.0", "method": "notifications/progress", "params": params}
