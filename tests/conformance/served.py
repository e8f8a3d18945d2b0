"""The fixture as a WSGI application, and the process that serves it on a socket of the test's."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.web.door.door import Door
from app.web.door.gateway import Gateway
from app.web.mcp.endpoint import Endpoint
from app.web.mcp.product import PATHS
from tests.conformance.fixture.gate import FixtureGate
from tests.conformance.fixture.server import FIXTURE

ROOT = Path(__file__).parents[2]


class Served(NamedTuple):
    url: str
    key: str


def application() -> WSGIApplication:
    """What gunicorn loads, with port and bearer from the environment."""
    gate = FixtureGate(int(os.environ["FIXTURE_PORT"]), os.environ.get("FIXTURE_BEARER", ""))
    door = Door(gate, Endpoint(FIXTURE))
    return Gateway(_nothing_else, dict.fromkeys(PATHS, door))


@contextmanager
def served(key: str = "") -> Iterator[Served]:
    """Serve the fixture while the block runs; requests wait in the socket until it is up."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        port = listening.getsockname()[1]
        process = _gunicorn(listening.fileno(), {"FIXTURE_PORT": str(port), "FIXTURE_BEARER": key})
        try:
            yield Served(f"http://127.0.0.1:{port}/mcp", key)
        finally:
            process.terminate()
            process.wait(timeout=15)


def _gunicorn(descriptor: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.conformance.served:application()"),
        *("--bind", f"fd://{descriptor}", "--worker-class", "gthread"),
        # The fixture keeps its state in memory, so one process has to see every request.
        *("--workers", "1", "--threads", "16", "--pythonpath", str(ROOT)),
        *("--keep-alive", "75", "--graceful-timeout", "2", "--log-level", "warning"),
    ]
    environment = {**os.environ, **settings}
    # Started elsewhere, so that the product's own server configuration is not picked up.
    here = Path(__file__).parent
    return subprocess.Popen(command, cwd=here, env=environment, pass_fds=[descriptor])


def _nothing_else(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("404 Not Found", [("Content-Length", "0")])
    return [b""]
