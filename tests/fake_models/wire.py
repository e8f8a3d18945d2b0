"""Both APIs as they are on the wire, in and out."""

import base64
from typing import Any

from tests.fake_models.state import Call

Json = dict[str, Any]
OPENAI, ANTHROPIC = "/v1/chat/completions", "/v1/messages"


class Wrong(Exception):
    """A request the API would not take."""


def read(path: str, body: Json) -> Call:
    """A request of either API, held against what each of them insists on."""
    if path == OPENAI:
        return _openai(body)
    return _anthropic(body)


def _openai(body: Json) -> Call:
    first, second, *rest = body["messages"]
    _require(first["role"] == "system" and second["role"] == "user", "roles")
    shape = body.get("response_format") or {}
    schema = shape.get("json_schema", {}).get("schema")
    if schema is not None:
        _strict(schema)
    limit = body.get("max_completion_tokens") or body.get("max_tokens")
    _require(isinstance(limit, int), "a limit")
    turns = [(each["role"], each["content"]) for each in rest]
    asked, picture = _parts(second["content"])
    return Call(
        "openai", body["model"], first["content"], "", asked, turns,
        shape.get("type", "text"), schema, limit, body, picture,
    )  # fmt: skip


def _parts(content: str | list[Json]) -> tuple[str, str]:
    """Words and picture of a message, in the shape this API takes pictures in."""
    if isinstance(content, str):
        return content, ""
    [image, words] = content
    kind, _, data = image["image_url"]["url"].partition(",")
    _require(image["type"] == "image_url" and kind == "data:image/jpeg;base64", "a data URL")
    return words["text"], _jpeg(data)


def _jpeg(data: str) -> str:
    _require(base64.b64decode(data, validate=True).startswith(b"\xff\xd8"), "a JPEG")
    return data


def _anthropic(body: Json) -> Call:
    first, *rest = body["messages"]
    _require(first["role"] == "user" and isinstance(body["max_tokens"], int), "a user first")
    parts = [part["text"] for part in first["content"] if part["type"] == "text"]
    pictures = [part["source"] for part in first["content"] if part["type"] == "image"]
    for source in pictures:
        told = (source["type"], source["media_type"])
        _require(told == ("base64", "image/jpeg"), "a source of a picture")
    shape = (body.get("output_config") or {}).get("format") or {}
    if shape:
        _strict(shape["schema"])
    system = "".join(part["text"] for part in body["system"])
    turns = [(each["role"], each["content"]) for each in rest]
    return Call(
        "anthropic", body["model"], system, parts[0], "\n\n".join(parts), turns,
        shape.get("type", "text"), shape.get("schema"), body["max_tokens"], body,
        "".join(_jpeg(source["data"]) for source in pictures),
    )  # fmt: skip


def _strict(node: Any) -> None:
    """What both take: everything required, nothing additional, no limits, no references."""
    if isinstance(node, list):
        for each in node:
            _strict(each)
    if not isinstance(node, dict):
        return
    unknown = set(node) - {"type", "properties", "required", "additionalProperties", "items",
                           "enum", "anyOf", "description"}  # fmt: skip
    _require(not unknown, f"unknown words of a schema: {sorted(unknown)}")
    if node.get("type") == "object":
        _require(node["additionalProperties"] is False, "additionalProperties false")
        _require(node["required"] == list(node["properties"]), "everything required")
    for name, value in node.items():
        if name == "properties":
            for each in value.values():
                _strict(each)
        elif name in {"items", "anyOf"}:
            _strict(value)


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise Wrong(f"this API wants {what}")


def answer(call: Call, text: str, ended: str, usage: Any) -> Json:
    """An answer in the words of the API that was asked."""
    counted = usage or {"in": len(call.system + call.asked) // 4, "out": max(1, len(text) // 4)}
    if call.api == "openai":
        return _openai_answer(call, text, ended, counted)
    reasons = {"cut": "max_tokens", "refused": "refusal"}
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": call.model,
        "content": [] if ended == "refused" else [{"type": "text", "text": text}],
        "stop_reason": reasons.get(ended, "end_turn"), "stop_sequence": None,
        "usage": None if usage == "none" else {
            "input_tokens": counted["in"], "output_tokens": counted["out"],
            "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
        },
    }  # fmt: skip


def _openai_answer(call: Call, text: str, ended: str, counted: Any) -> Json:
    refused = ended == "refused"
    choice = {
        "index": 0, "finish_reason": "length" if ended == "cut" else "stop", "logprobs": None,
        "message": {
            "role": "assistant", "content": None if refused else text,
            "refusal": "I cannot help with that." if refused else None,
        },
    }  # fmt: skip
    made: Json = {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": call.model,
        "choices": [choice],
    }  # fmt: skip
    if counted != "none":
        made["usage"] = {
            "prompt_tokens": counted["in"], "completion_tokens": counted["out"], "total_tokens": 1,
        }  # fmt: skip
    return made
