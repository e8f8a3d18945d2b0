"""The settings of a model: what stops a start, and what an address says of its server."""

import pytest

from app.settings import BadSettings, from_environment
from app.settings.model_api import own_server

WHOLE = {
    "POLIS_ENV": "development", "POLIS_ENGINE": "llm", "POLIS_ENGINE_MODEL": "m",
    "POLIS_ENGINE_API_KEY": "sk-canary-123456", "POLIS_ENGINE_INPUT_USD": "0.1", "POLIS_ENGINE_OUTPUT_USD": "0.4",
}  # fmt: skip
OWN = {"POLIS_ENGINE_BASE_URL": "http://127.0.0.1:11434/v1"}


@pytest.mark.parametrize(
    "name", ["ENGINE_MODEL", "ENGINE_API_KEY", "ENGINE_INPUT_USD", "ENGINE_OUTPUT_USD"]
)
def test_what_is_missing_is_named(name):
    with pytest.raises(BadSettings, match=name):
        from_environment({k: v for k, v in WHOLE.items() if k != f"POLIS_{name}"})


def test_a_server_of_ones_own_needs_a_model_alone():
    settings = from_environment(
        {"POLIS_ENGINE": "llm", "POLIS_ENGINE_MODEL": "m", "POLIS_ENV": "development", **OWN}
    )
    assert settings.engine_input_usd is None


@pytest.mark.parametrize(
    "url", ["http://models.example/v1", "ftp://x", "models.example", "http://["]
)
def test_a_key_does_not_travel_in_the_clear(url):
    with pytest.raises(BadSettings, match="ENGINE_BASE_URL"):
        from_environment({**WHOLE, "POLIS_ENGINE_BASE_URL": url})


def test_the_key_is_in_no_picture_of_the_settings():
    assert "sk-canary" not in repr(from_environment(WHOLE))


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:11434/v1", True), ("http://localhost:8000/v1", True), ("http://ollama:11434/v1", True),
        ("http://10.1.2.3/v1", True), ("http://gpu.internal/v1", True), ("http://[::1]:8000", True),
        ("https://api.example/v1", False), ("https://8.8.8.8/v1", False), ("", False), ("http://[", False),
    ],
)  # fmt: skip
def test_an_address_says_whose_server_it_is(url, own):
    assert own_server(url) is own
