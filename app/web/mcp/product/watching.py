"""A call that waits, as the notices of its progress and the answer it came to."""

from collections.abc import Generator
from contextlib import closing

from app.tools.base import Output
from app.web.desk.waits import Watched
from app.web.mcp.server import Progress


def progress(watched: Watched) -> Generator[Progress, None, Output]:
    """How far it is, each time somebody looked; at last the answer as it then was."""
    with closing(watched):
        while True:
            try:
                step = next(watched)
            except StopIteration as stop:
                latest: Output = stop.value
                return latest
            yield Progress(*step)
