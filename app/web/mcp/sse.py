"""Server-sent events: JSON text in, frames out, with a sign of life in between."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from app.web.door.http import Header
from app.web.door.json_text import encode

KEEP_ALIVE_S = 15.0
HEADERS: tuple[Header, ...] = (
    ("Content-Type", "text/event-stream"),
    ("Cache-Control", "no-cache"),
    ("X-Accel-Buffering", "no"),
)


def frames(
    texts: Generator[str | None, None, None], clock: Callable[[], float] = time.monotonic
) -> Iterator[bytes]:
    """Yield a frame for each text, and a comment where nothing was said for a while."""
    with closing(texts):
        # The first bytes carry the headers out, so that the client knows it is heard.
        yield b": open\n\n"
        spoke = clock()
        for text in texts:
            if text is not None:
                yield encode(f"event: message\ndata: {text}\n\n")
            elif clock() - spoke >= KEEP_ALIVE_S:
                yield b": keep-alive\n\n"
            else:
                continue
            spoke = clock()
