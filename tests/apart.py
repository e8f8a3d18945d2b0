"""A provider of ours that runs as a process of its own, with a control plane for tests."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[1]


class Refused(AssertionError):
    """An order that cannot be carried out."""


class Control:
    """The control plane: `control.advance(seconds=…)` posts to `/_test/advance`."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> Any:
        def order(**sent: Any) -> dict[str, Any]:
            return self._post(name, sent)

        return order

    def _post(self, name: str, sent: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(f"{self._base}/_test/{name}", json.dumps(sent).encode())
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                answer: dict[str, Any] = json.loads(response.read())
                return answer
        except urllib.error.HTTPError as error:
            raise Refused(error.read().decode()) from None


class Apart:
    """Starts a module of the tests, which prints its address first: `.base`, `.control`."""

    def __init__(self, module: str, *options: str) -> None:
        self._command = [sys.executable, "-m", module, *options]
        self._process: subprocess.Popen[str] | None = None
        self.base = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout is not None
        self.base = self._process.stdout.readline().strip()
        assert self.base, f"{self._command[2]} did not start"
        self.control = Control(self.base)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()
