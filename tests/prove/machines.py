"""Web and worker processes one by one, as an operator starts them on machines of their own."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from app import bootstrap
from tests.factories import member, settings_for
from tests.prove.killing import children_of
from tests.served import ROOT, commanded, free_port, rpc
from tests.waiting import until

STOPS_WITHIN_S = 30  # R7
LONGEST_S = 90  # a lease, a sweep and a run, on a machine that others use too


class Process:
    """One command of ours; it is started, told to stop, and started again with what is set by then."""

    def __init__(
        self, command: list[str], environment: Mapping[str, str], log: Path, **own: str
    ) -> None:
        self._command, self._environment, self._own = command, environment, own
        self._path = log
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    @property
    def pids(self) -> list[int]:
        """It and what it started."""
        return [self.pid, *children_of(self.pid)]

    @property
    def log(self) -> str:
        """What it has said since it was first started."""
        return self._path.read_text() if self._path.exists() else ""

    def start(self) -> None:
        """Start it, and come back when it has begun its work."""
        before = len(self.log)
        with self._path.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, cwd=ROOT, env={**self._environment, **self._own},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until(lambda: self._has_begun(before), lambda: self.log[-3000:])

    def stop(self) -> int:
        """Tell it to stop; gives its exit code, or fails where it takes longer than promised."""
        assert self._running is not None
        if self._running.poll() is None:
            self._running.send_signal(signal.SIGTERM)
        return self._running.wait(STOPS_WITHIN_S)

    def kill(self) -> None:
        """End it and everything it started, in the middle of whatever they do."""
        assert self._running is not None
        if self._running.poll() is None:
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait(STOPS_WITHIN_S)

    def restart(self) -> None:
        """Stop in peace and begin anew."""
        assert self.stop() == 0, self.log[-3000:]
        self.start()

    def _has_begun(self, before: int) -> bool:
        assert self._running is not None
        assert self._running.poll() is None, self.log[-3000:]
        return self._ready(before)

    def _ready(self, before: int) -> bool:
        return "worker.started" in self.log[before:]


class Web(Process):
    """gunicorn with its processes, on a port of its own."""

    port: int

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.base}/api/mcp"

    def call(self, tool: str, arguments: dict[str, Any], key: str) -> dict[str, Any]:
        """The structured answer of a tool."""
        answer = rpc(self.url, key, "tools/call", {"name": tool, "arguments": arguments})
        told: dict[str, Any] = answer["result"]["structuredContent"]
        return told

    def status(self, tool: str, arguments: dict[str, Any], key: str) -> int:
        """The status a call is answered with."""
        try:
            self.call(tool, arguments, key)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code
        return 200

    def asked(self, path: str) -> tuple[int, Any]:
        """Status and facts of a JSON address."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.loads(refusal.read())

    def _ready(self, _before: int) -> bool:
        try:
            return self.asked("/healthz")[0] == 200
        except (urllib.error.URLError, OSError):
            return False


class Fleet:
    """So many machines with a web and so many with a worker, on one database."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        *,
        webs: int = 1,
        workers: int = 1,
        under: Sequence[str] = (),
        **settings: str,
    ) -> None:
        """What starts them may stand `under` another program."""
        self.folder, self.database_url, self._under = folder, database_url, under
        kept = {name: each for name, each in os.environ.items() if not name.startswith("POLIS_")}
        self.environment = kept | {
            "POLIS_ENV": "development",
            "POLIS_DATABASE_URL": database_url,
            "POLIS_INSTANCE_DIR": str(folder),
            "POLIS_SECRET_KEY": "a secret that all machines share",
            "POLIS_RATE_LIMITS": "off",
            "POLIS_WEB_PROCESSES": "1",
            "POLIS_WEB_THREADS": "4",
        }
        self.set(**settings)
        self.webs = [self._web(number) for number in range(webs)]
        self.workers = [self.process(f"worker{number}", "worker") for number in range(workers)]

    def set(self, **settings: str) -> None:
        """What every process is told that starts from now on."""
        self.environment.update({f"POLIS_{k.upper()}": each for k, each in settings.items()})

    def process(self, name: str, *arguments: str) -> Process:
        """A `polis` command, not yet started."""
        command = [*self._under, sys.executable, "-m", "app.cli", *arguments]
        return Process(command, self.environment, self.folder / f"{name}.log")

    @property
    def web(self) -> Web:
        return self.webs[0]

    @property
    def log(self) -> str:
        return "".join(each.log for each in (*self.webs, *self.workers))

    def polis(self, *arguments: str) -> dict[str, Any]:
        """What a command tells that is run against this installation."""
        return commanded(self.environment, *arguments)

    def buyer(self, tokens: int, **facts: Any) -> str:
        """A key of a new person with so many tokens."""
        money = self.environment.get("POLIS_BILLING", "")
        settings = settings_for(self.database_url, self.folder, billing=money)
        services = bootstrap.build(settings)
        key = member(services, tokens=tokens, **facts).key
        services.database.dispose()
        return key

    def __enter__(self) -> Self:
        try:
            for each in (*self.webs, *self.workers):
                each.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for each in (*self.webs, *self.workers):
            if each._running is not None:
                each.kill()

    def _web(self, number: int) -> Web:
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
        command = [*self._under, *gunicorn]
        port = free_port()
        log, bind = self.folder / f"web{number}.log", f"127.0.0.1:{port}"
        made = Web(command, self.environment, log, POLIS_BIND=bind)
        made.port = port
        return made


def done(web: Web, key: str, handle: str) -> dict[str, Any]:
    """The status of a run or comparison once it is over."""
    told: dict[str, Any] = {}

    def is_over() -> bool:
        told.update(web.call("polis_status", {"run_id": handle}, key))
        return bool(told["done"])

    until(is_over, lambda: told, LONGEST_S)
    return told
