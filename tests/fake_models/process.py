"""Starts the provider as a process of its own, and gives tests their hands on it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.apart import Apart

KEY = "sk-fake-1234567890abcdef"


class FakeModels(Apart):
    """A running provider: `.facts(…)` for an installation that asks it, `.control`."""

    def __init__(self) -> None:
        super().__init__("tests.fake_models")

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
