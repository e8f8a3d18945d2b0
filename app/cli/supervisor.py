"""Keeps gunicorn and the workers running side by side, and stops them together."""

import os
import signal
import subprocess
import sys
import threading
from types import FrameType

from app.cli.output import say
from app.settings import PREFIX, ROOT, Settings

STOP_WITHIN_S = 35
RESTART_AFTER_S = 1.0


class Supervisor:
    """Starts every process, starts a dead one again, and passes a stop on to all."""

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        os.environ[f"{PREFIX}BIND"] = f"{shown}:{port}"
        web = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
        work = [sys.executable, "-m", "app.cli", "worker"]
        self._commands = [web, *([work] * settings.worker_processes)]
        self._running: list[subprocess.Popen[bytes]] = []
        self._stop = threading.Event()

    def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        self._running = [self._start(command) for command in self._commands]
        while not self._stop.wait(RESTART_AFTER_S):
            self._revive()
        self._end()

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C reaches us alone, and we stop everybody in order.
        return subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603 # our own commands

    def _revive(self) -> None:
        for place, process in enumerate(self._running):
            code = process.poll()
            if code is not None:
                name = " ".join(self._commands[place][2:4])
                say(f"polis: {name} ended with {code}; starting it again.")
                self._running[place] = self._start(self._commands[place])

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _end(self) -> None:
        for process in self._running:
            process.send_signal(signal.SIGTERM)
        for process in self._running:
            try:
                process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
