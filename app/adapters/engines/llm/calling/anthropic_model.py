"""Anthropic's Messages API, with its own schema output and its cache for what a panel shares."""

from typing import Any

import anthropic

from app.adapters.engines.llm.calling import transport
from app.adapters.engines.llm.calling.call import (
    JSON_SCHEMA,
    TEXT,
    Prompt,
    Said,
)
from app.adapters.engines.llm.calling.troubles import in_our_words
from app.settings import Settings

_HOME = "https://api.anthropic.com"
_ENDED = {"max_tokens": "cut", "model_context_window_exceeded": "cut", "refusal": "refused"}
_KEPT = {"type": "ephemeral"}


class AnthropicModel:
    """One model, asked over the official SDK without retries of its own."""

    rungs = (JSON_SCHEMA, TEXT)

    def __init__(self, settings: Settings) -> None:
        self._model = settings.engine_model
        self._client = anthropic.Anthropic(
            api_key=settings.engine_api_key or "none",
            base_url=settings.engine_base_url or _HOME,
            max_retries=0,
            timeout=settings.engine_timeout_s,
            http_client=transport.client(settings.engine_timeout_s),
        )

    def ask(self, prompt: Prompt, rung: str) -> Said:
        given: dict[str, Any] = {}
        if rung == JSON_SCHEMA:
            given["output_config"] = {"format": {"type": JSON_SCHEMA, "schema": prompt.schema}}
        system: Any = [{"type": "text", "text": prompt.rules}]
        with in_our_words(anthropic, anthropic.AnthropicError):
            answer = self._client.messages.create(
                model=self._model,
                max_tokens=prompt.most_out,
                system=system,
                messages=_messages(prompt),
                **given,
            )
        return _said(answer)

    def close(self) -> None:
        self._client.close()


def _messages(prompt: Prompt) -> Any:
    """The provider keeps all up to the mark, and takes less for it from the next person's call."""
    parts: list[dict[str, Any]] = [
        *_picture(prompt),
        {"type": "text", "text": prompt.shared, "cache_control": _KEPT},
        {"type": "text", "text": prompt.own},
    ]
    told: list[Any] = [{"role": "user", "content": parts}]
    if prompt.turn is not None:
        told.append({"role": "assistant", "content": prompt.turn.answer})
        told.append({"role": "user", "content": prompt.turn.wrong})
    return told


def _picture(prompt: Prompt) -> list[dict[str, Any]]:
    """The picture stands first, so that it is kept with what a panel shares."""
    source = {"type": "base64", "media_type": "image/jpeg", "data": prompt.picture}
    return [{"type": "image", "source": source}] if prompt.picture else []


def _said(answer: Any) -> Said:
    """What is missing or odd in an answer is an answer without words, never a crash."""
    parts = getattr(answer, "content", None) or ()
    text = "".join(str(getattr(part, "text", None) or "") for part in parts)
    usage, ended = getattr(answer, "usage", None), str(getattr(answer, "stop_reason", ""))
    return Said(
        text, _counted(usage), getattr(usage, "output_tokens", None), _ENDED.get(ended, "done")
    )


def _counted(usage: Any) -> int | None:
    """Tokens read, at the plain price: those it keeps cost a quarter more, kept ones a tenth."""
    read = [
        getattr(usage, name, None)
        for name in ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    ]
    plain, kept, again = (value if isinstance(value, int) else 0 for value in read)
    if not isinstance(read[0], int) or min(plain, kept, again) < 0:
        return None
    return -(-(20 * plain + 25 * kept + 2 * again) // 20)
