"""Starts the provider as a process of its own, and gives tests their hands on it."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

ROOT = Path(__file__).parents[2]
KEY = "sk-fake-1234567890abcdef"


class Control:
    """The control plane: `control.fault(kind="429")` posts to `/_test/fault`."""

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> Any:
        def order(**sent: Any) -> dict[str, Any]:
            return self._post(name, sent)

        return order

    def _post(self, name: str, sent: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(f"{self._base}/_test/{name}", json.dumps(sent).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer: dict[str, Any] = json.loads(response.read())
                return answer
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from None


class FakeModels:
    """A running provider: `.settings(…)` for an installation that asks it, `.control`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self.base = ""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fake_models"],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.base = self._process.stdout.readline().strip()
        assert self.base, "the fake provider did not start"
        self.control = Control(self.base)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()

    def facts(self, provider: str = "openai", **more: object) -> dict[str, object]:
        """The settings of an installation whose panels this provider plays."""
        return {
            "engine": "llm",
            "engine_provider": provider,
            "engine_model": "tiny-1",
            "engine_base_url": f"{self.base}/v1" if provider == "openai" else self.base,
            "engine_api_key": KEY,
            "engine_input_usd": "0.1",
            "engine_output_usd": "0.4",
            "billing": "off",
            **more,
        }

    @property
    def calls(self) -> list[dict[str, Any]]:
        """Every call since the last reset."""
        found: list[dict[str, Any]] = self.control.calls()["calls"]
        return found


@pytest.fixture(scope="session")
def fake_models_process() -> Iterator[FakeModels]:
    """One process for all tests of a session; `fake_models` empties it for each."""
    with FakeModels() as running:
        yield running


@pytest.fixture
def fake_models(fake_models_process: FakeModels) -> FakeModels:
    """A provider without faults or memories."""
    fake_models_process.control.reset()
    return fake_models_process
