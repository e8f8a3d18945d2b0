"""JSON Schemas as clients like them: flat, without references, refusals admitted."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from app.tools.usage import Refusal, Usage

Json = dict[str, Any]


def of_input(model: type[BaseModel]) -> Json:
    """A tool's input: inline enums, bounds and descriptions; null is simply leaving out."""
    return _whole(model)


def of_output(model: type[BaseModel]) -> Json:
    """A tool's output: one object that is the answer or the refusal; only `_usage` is certain.

    TypeScript SDK 1 validates refusals against this schema as well.
    """
    answer = _whole(model)
    properties = answer.get("properties", {}) | {
        "_usage": _described(Usage, "What this credential can still spend, as of this answer."),
        "error": _described(
            Refusal, "Set on a refusal, alone with _usage: why, and what mends it."
        ),
    }
    return {"type": "object", "properties": properties, "required": ["_usage"]}


def of_answer(model: type[BaseModel]) -> Json:
    """A tool's answer where a refusal has a status of its own: what is certain is required."""
    answer = _tidy(model.model_json_schema(mode="serialization"))
    usage = _described(Usage, "What this credential can still spend, as of this answer.")
    answer["properties"] = answer.get("properties", {}) | {"_usage": usage}
    answer["required"] = [*answer.get("required", []), "_usage"]
    return answer


def of_refusal(*, usage: bool) -> Json:
    """A refusal alone: a tool's own says what can still be spent."""
    properties = {"error": _described(Refusal, "Why, and what mends it.")}
    if usage:
        properties["_usage"] = _described(Usage, "What this credential can still spend.")
    return {"type": "object", "properties": properties, "required": list(properties)}


@cache  # a tool is described to several kinds of caller; nobody writes into what is kept
def _whole(model: type[BaseModel]) -> Json:
    return _tidy(model.model_json_schema())


@cache
def _described(model: type[BaseModel], sentence: str) -> Json:
    return {"description": sentence, **_whole(model)}


def _tidy(schema: Json) -> Json:
    definitions = schema.pop("$defs", {})
    tidy: Json = _flat(schema, definitions)
    tidy.pop("description", None)
    return tidy


def _flat(node: Any, definitions: Json) -> Any:
    if isinstance(node, list):
        return [_flat(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[node["$ref"].rpartition("/")[2]]
        return _flat(target | {k: v for k, v in node.items() if k != "$ref"}, definitions)
    if "anyOf" in node and {"type": "null"} in node["anyOf"] and "x-nullable" not in node:
        (only,) = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
        rest = {k: v for k, v in node.items() if k not in {"anyOf", "default"}}
        return _flat(only | rest, definitions)
    flat = {
        name: {k: _flat(v, definitions) for k, v in part.items()}
        if name == "properties"
        else _flat(part, definitions)
        for name, part in node.items()
        if name not in {"title", "x-nullable"} or not isinstance(part, str | bool)
    }
    if "const" in flat and "enum" not in flat:
        flat["enum"] = [flat.pop("const")]
    return flat
