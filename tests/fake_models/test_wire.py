"""The fake is spoken to by the real SDKs, and is no more lenient than what it stands for."""

import anthropic
import httpx2
import openai
import pytest

from tests.fake_models.process import KEY, fake_models, fake_models_process

__all__ = ["fake_models", "fake_models_process"]
LOOSE = (
    {"type": "object", "properties": {"a": {"type": "integer"}}, "required": [], "additionalProperties": False},
    {"type": "object", "properties": {"a": {"type": "integer", "minimum": 1}}, "required": ["a"], "additionalProperties": False},
    {"type": "object", "properties": {}, "required": []},
    {"$ref": "#/$defs/a"},
)  # fmt: skip


@pytest.fixture
def http():
    with httpx2.Client(trust_env=False) as client:
        yield client


@pytest.mark.parametrize("schema", LOOSE)
def test_a_schema_outside_the_subset_is_refused_by_both(fake_models, http, schema):
    hosted = openai.OpenAI(
        api_key=KEY, base_url=f"{fake_models.base}/v1", max_retries=0, http_client=http
    )
    messages = [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]
    shape = {"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": schema}}
    with pytest.raises(openai.UnprocessableEntityError):
        hosted.chat.completions.create(
            model="m", messages=messages, max_tokens=5, response_format=shape
        )
    other = anthropic.Anthropic(
        api_key=KEY, base_url=fake_models.base, max_retries=0, http_client=http
    )
    with pytest.raises(anthropic.UnprocessableEntityError):
        other.messages.create(
            model="m", max_tokens=5, system=[{"type": "text", "text": "s"}],
            messages=[{"role": "user", "content": [{"type": "text", "text": "u"}]}],
            output_config={"format": {"type": "json_schema", "schema": schema}},
        )  # fmt: skip


def test_a_wrong_key_is_said_again_as_real_providers_do(fake_models, http):
    hosted = openai.OpenAI(
        api_key="sk-wrong-one", base_url=f"{fake_models.base}/v1", max_retries=0, http_client=http
    )
    with pytest.raises(openai.AuthenticationError, match="sk-wrong-one"):
        hosted.chat.completions.create(model="m", messages=[], max_tokens=5)
    assert fake_models.calls == []


def test_an_order_it_does_not_know_is_refused(fake_models):
    with pytest.raises(AssertionError, match="KeyError"):
        fake_models.control.dance()
