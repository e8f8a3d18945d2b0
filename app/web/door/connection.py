"""Whether the other end of a connection is still there, where the server lets us look."""

import select
import socket
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.web.door.http import never


def watch(environ: Mapping[str, Any]) -> Callable[[], bool]:
    """Return a question that is cheap enough to ask between two notices."""
    connection = environ.get("gunicorn.socket")
    return never if connection is None else partial(has_closed, connection)


def has_closed(connection: socket.socket) -> bool:
    """Say whether the peer hung up; bytes waiting to be read mean it did not."""
    try:
        waiting = select.poll()
        waiting.register(connection, select.POLLIN)
        if not waiting.poll(0):
            return False
        return connection.recv(1, socket.MSG_PEEK) == b""
    except ValueError:
        # TLS sockets cannot peek: the next write will tell.
        return False
    except OSError:
        return True
