"""A client as a process of its own: it says what it does line by line, and waits for answers."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any, Self

WITHIN_S = 120
_AUTHORIZE = r'https?://[^\s"]+/oauth/authorize\?[^\s"]+'


class Conversation:
    """What a client says comes in order; one that takes minutes is ended."""

    def __init__(self, command: list[str], home: Path, **environment: str) -> None:
        self._said: list[str] = []
        self._process = subprocess.Popen(
            command,
            env={**os.environ, "HOME": str(home), **environment},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._limit = Timer(WITHIN_S, self._process.kill)
        self._limit.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._limit.cancel()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def told(self, name: str) -> dict[str, Any]:
        """The next JSON line that has this member."""
        for line in self._lines():
            if line.startswith('{"') and name in (facts := json.loads(line)):
                return facts
        raise AssertionError(f"it never told {name!r}: {self.transcript}")

    def visit(self) -> str:
        """The next authorization URL, wherever in a line it is printed."""
        return self.until(_AUTHORIZE)

    def until(self, wanted: str) -> str:
        """What is printed next that looks like this."""
        for line in self._lines():
            if found := re.search(wanted, line):
                return found[0]
        raise AssertionError(f"it never said {wanted!r}: {self.transcript}")

    def answer(self, **facts: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(facts) + "\n")
        self._process.stdin.flush()

    def end(self) -> int:
        """Close its input, hear it out; its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        for _ in self._lines():
            pass
        return self._process.wait(WITHIN_S)

    @property
    def transcript(self) -> str:
        return "".join(self._said)

    def _lines(self) -> Iterator[str]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.append(line)
            yield line
