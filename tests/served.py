"""An installation as strangers run it: gunicorn and workers as processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event
from typing import Any, Self

from app.db import Database
from tests import invariants

ROOT = Path(__file__).parent.parent
READY_WITHIN_S = 40


class Served:
    """Starts `polis serve` on a free port and stops it at the end."""

    def __init__(self, database_url: str, folder: Path, *serve: str, **settings: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.base}/api/mcp"
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("POLIS_")},
            "POLIS_DATABASE_URL": database_url,
            "POLIS_INSTANCE_DIR": str(folder),
            "POLIS_RATE_LIMITS": "off",
            **{f"POLIS_{name.upper()}": value for name, value in settings.items()},
        }
        self._arguments = ["serve", "--port", str(self.port), *serve]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, trouble: type[BaseException] | None, *_: object) -> None:
        """Stops it; then each balance is the sum of its entries, in whatever it was used for."""
        self.stop()
        if trouble is None:
            database = Database(self.environment["POLIS_DATABASE_URL"])
            invariants.check(database)
            database.dispose()

    def start(self) -> None:
        with (self.folder / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *self._arguments],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(45)

    @property
    def demo(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return facts

    @property
    def key(self) -> str:
        """The demo's test key: 5,000 tokens a day."""
        return str(self.demo["test_key"])

    @property
    def log(self) -> str:
        return (self.folder / "serve.log").read_text()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def children(self, word: str) -> list[int]:
        """Process ids of our children whose command line holds a word."""
        assert self._process is not None
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and _parent(entry) == self._process.pid:
                try:
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except FileNotFoundError:
                    continue  # it has died since it was listed
                if word in command:
                    found.append(int(entry.name))
        return found

    def polis(self, *arguments: str) -> dict[str, Any]:
        """Run a `polis` command with --json against this installation."""
        return commanded(self.environment, *arguments)

    def run_polis(self, *arguments: str) -> str:
        """Run a `polis` command against this installation; gives what it printed."""
        return printed(self.environment, *arguments)

    def call(self, tool: str, arguments: dict[str, Any], key: str = "") -> dict[str, Any]:
        """Call a tool over plain HTTP; gives the structured answer."""
        return rpc(self.url, key or self.key, "tools/call", {"name": tool, "arguments": arguments})[
            "result"
        ]["structuredContent"]

    def _wait(self) -> None:
        pause = Event()
        for _ in range(READY_WITHIN_S * 10):
            assert self._process is not None
            assert self._process.poll() is None, self.log
            try:
                with urllib.request.urlopen(f"{self.base}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                pause.wait(0.1)
        raise AssertionError(f"not ready: {self.log[-3000:]}")


def commanded(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """What a `polis` command tells with --json in this environment."""
    facts: dict[str, Any] = json.loads(printed(environment, *arguments, "--json"))
    return facts


def printed(environment: dict[str, str], *arguments: str) -> str:
    """What a `polis` command prints in this environment; in development unless told."""
    command = [sys.executable, "-m", "app.cli", *arguments]
    told = {"POLIS_ENV": "development", **environment}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rpc(url: str, key: str, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """One JSON-RPC request of 2025-11-25 over HTTP."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    request = urllib.request.Request(
        url,
        data=json.dumps(message).encode(),
        headers={
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
            "MCP-Protocol-Version": "2025-11-25",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.loads(response.read())
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
