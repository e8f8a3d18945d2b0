"""Any API that speaks OpenAI's chat completions: OpenAI, vLLM, Ollama, gateways."""

from typing import Any

import openai

from app.adapters.engines.llm.calling import transport
from app.adapters.engines.llm.calling.call import (
    JSON_OBJECT,
    JSON_SCHEMA,
    TEXT,
    Prompt,
    Said,
)
from app.adapters.engines.llm.calling.troubles import in_our_words
from app.settings import Settings

_HOME = "https://api.openai.com/v1"
_ENDED = {"length": "cut", "content_filter": "refused"}


class OpenAiModel:
    """One model, asked over the official SDK without retries of its own."""

    rungs = (JSON_SCHEMA, JSON_OBJECT, TEXT)

    def __init__(self, settings: Settings) -> None:
        self._model = settings.engine_model
        # Servers of one's own know the older of the two names for the same limit.
        self._limit = "max_tokens" if settings.engine_base_url else "max_completion_tokens"
        self._client = openai.OpenAI(
            api_key=settings.engine_api_key or "none",
            base_url=settings.engine_base_url or _HOME,
            max_retries=0,
            timeout=settings.engine_timeout_s,
            http_client=transport.client(settings.engine_timeout_s),
        )

    def ask(self, prompt: Prompt, rung: str) -> Said:
        given: dict[str, Any] = {self._limit: prompt.most_out} | _format(prompt, rung)
        with in_our_words(openai, openai.OpenAIError):
            answer = self._client.chat.completions.create(
                model=self._model, messages=_messages(prompt), **given
            )
        return _said(answer)

    def close(self) -> None:
        self._client.close()


def _messages(prompt: Prompt) -> Any:
    told: list[dict[str, Any]] = [
        {"role": "system", "content": prompt.rules},
        {"role": "user", "content": _asked(prompt)},
    ]
    if prompt.turn is not None:
        told.append({"role": "assistant", "content": prompt.turn.answer})
        told.append({"role": "user", "content": prompt.turn.wrong})
    return told


def _asked(prompt: Prompt) -> str | list[dict[str, Any]]:
    """A small picture says how a page looks; what it says stands beside it as text."""
    words = f"{prompt.shared}\n\n{prompt.own}"
    if not prompt.picture:
        return words
    picture = {"url": f"data:image/jpeg;base64,{prompt.picture}", "detail": "low"}
    return [{"type": "image_url", "image_url": picture}, {"type": "text", "text": words}]


def _format(prompt: Prompt, rung: str) -> dict[str, Any]:
    if rung == JSON_SCHEMA:
        named = {"name": "reactions", "strict": True, "schema": prompt.schema}
        return {"response_format": {"type": JSON_SCHEMA, "json_schema": named}}
    return {"response_format": {"type": JSON_OBJECT}} if rung == JSON_OBJECT else {}


def _said(answer: Any) -> Said:
    """What is missing or odd in an answer is an answer without words, never a crash."""
    choice = next(iter(answer.choices or ()), None)
    message, usage = getattr(choice, "message", None), getattr(answer, "usage", None)
    ended = _ENDED.get(str(getattr(choice, "finish_reason", "")), "done")
    if getattr(message, "refusal", None):
        ended = "refused"
    return Said(
        str(getattr(message, "content", None) or ""),
        getattr(usage, "prompt_tokens", None),
        getattr(usage, "completion_tokens", None),
        ended,
    )
