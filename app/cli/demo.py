"""`polis demo`: the main job in a terminal, by a real MCP client against a server of its own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event

import click

from app import bootstrap, demo_data
from app.cli import environment
from app.cli.output import fail, say
from app.domain import plans
from app.settings import PREFIX, ROOT

CLIENT_PYTHON = ROOT / ".venv-clients" / "mcp2" / "bin" / "python"
CLIENT = Path(__file__).parent / "demo_client.py"
SAMPLE = Path(__file__).parent / "demo_text.md"
READY_WITHIN_S = 30

_PANEL = click.IntRange(plans.MIN_PERSONAS, plans.MAX_PERSONAS)


@click.command()
@click.option("--text", envvar="TEXT", help="What to test; left out: a shipped launch post.")
@click.option("--content-type", default="text", show_default=True)
@click.option("--personas", type=_PANEL, default=plans.DEFAULT_PERSONAS, show_default=True)
@click.option("--detail", type=click.Choice(plans.DETAILS), default="standard")
def demo(text: str | None, content_type: str, personas: int, detail: str) -> None:
    """Start a server, let a real MCP client test a text, and print the report."""
    if not CLIENT_PYTHON.exists():
        fail("The demo's MCP client is not installed; run it as: make demo")
    port = _free_port()
    environment.choose_development()
    os.environ[f"{PREFIX}BASE_URL"] = f"http://127.0.0.1:{port}"
    its = bootstrap.build(environment.read())
    environment.prepare(its)
    key = demo_data.ensure(its)["test_key"]  # the daily test tokens: a demo never runs dry
    its.database.dispose()
    server = subprocess.Popen(  # noqa: S603 # our own command
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_ready(server, port)
        sys.exit(_drive(port, key, text or SAMPLE.read_text(), content_type, personas, detail))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(40)


def _drive(port: int, key: str, text: str, content_type: str, personas: int, detail: str) -> int:
    facts = {
        "POLIS_DEMO_URL": f"http://127.0.0.1:{port}/api/mcp",
        "POLIS_DEMO_KEY": key,
        "POLIS_DEMO_TEXT": text,
        "POLIS_DEMO_TYPE": content_type,
        "POLIS_DEMO_PERSONAS": str(personas),
        "POLIS_DEMO_DETAIL": detail,
    }
    command = [str(CLIENT_PYTHON), "-P", str(CLIENT)]  # our files beside it are not its modules
    return subprocess.run(command, env={**os.environ, **facts}, check=False).returncode  # noqa: S603 # our own client


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    say("Starting a server …")
    pause = Event()
    for _ in range(READY_WITHIN_S * 10):
        if server.poll() is not None:
            fail("The server did not start; run `make run` to see why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            pause.wait(0.1)
    fail(f"The server was not ready within {READY_WITHIN_S} s; run `make run` to see why.")
