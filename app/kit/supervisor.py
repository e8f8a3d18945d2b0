"""Keeps gunicorn and the workers running side by side, and stops them together.

`polis serve` turns into it when all is prepared. It imports nothing but the standard library: it
lives as long as they do, and weighs 11 MiB where what prepared it weighed 99.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import NoReturn

STOP_WITHIN_S = 35
RESTART_AFTER_S = 1.0
NEVER = 4  # gunicorn's own code for an application that cannot be loaded: nor could the next time
_ROOT = Path(__file__).resolve().parents[2]


def become(workers: int) -> NoReturn:
    """Turn this process into one that only supervises; its id and environment stay."""
    command = [sys.executable, "-m", __name__, str(workers)]
    os.chdir(_ROOT)
    os.execv(sys.executable, command)  # noqa: S606 # our own command


class Supervisor:
    """Starts every process, starts a dead one again, and passes a stop on to all.

    Where web says why it can never start, nothing is started again: all are stopped.
    """

    def __init__(self, workers: int) -> None:
        web = [sys.executable, "-m", "gunicorn", "-c", str(_ROOT / "gunicorn.conf.py"), "wsgi:app"]
        work = [sys.executable, "-m", "app.cli", "worker"]
        self._commands = [web, *([work] * workers)]
        self._running: list[subprocess.Popen[bytes]] = []
        self._stop = threading.Event()

    def run(self) -> int:
        """Run until SIGTERM, SIGINT or a web that can never start; gives the code to end with."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        self._running = [self._start(command) for command in self._commands]
        hopeless = False
        while not (hopeless or self._stop.wait(RESTART_AFTER_S)):
            hopeless = self._running[0].poll() == NEVER
            if not hopeless:
                self._revive()
        self._end()
        return int(hopeless)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C reaches us alone, and we stop everybody in order.
        return subprocess.Popen(command, cwd=_ROOT, start_new_session=True)  # noqa: S603 # our own commands

    def _revive(self) -> None:
        for place, process in enumerate(self._running):
            code = process.poll()
            if code is not None:
                name = " ".join(self._commands[place][2:4])
                sys.stderr.write(f"polis: {name} ended with {code}; starting it again.\n")
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


if __name__ == "__main__":
    sys.exit(Supervisor(int(sys.argv[1])).run())
