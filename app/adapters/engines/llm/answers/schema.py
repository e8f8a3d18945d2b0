"""A shape as JSON Schema in the strictest subset all providers take.

Every field required, null instead of absent, nothing additional, no limits on figures or lengths,
no references; what is out of bounds is found when the answer is read.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from app.domain.panel.shapes import Json

_KEPT = ("type", "enum", "description")


def of(shape: type[BaseModel]) -> Json:
    """The schema of one shape."""
    whole = shape.model_json_schema()
    return _strict(whole, whole.get("$defs", {}))


def of_people(shape: type[BaseModel], reasons: Sequence[str]) -> Json:
    """The schema of several people's answers, whose reasons are of this list."""
    person = of(shape)
    about = person["properties"]["reasons"]["items"]["properties"]["about"]
    about["enum"] = list(reasons)
    return _object({"people": {"type": "array", "items": person}})


def _strict(node: Json, defs: Json) -> Json:
    if "$ref" in node:
        told = {"description": node["description"]} if "description" in node else {}
        return _strict(defs[node["$ref"].rpartition("/")[2]], defs) | told
    kept: Json = {name: node[name] for name in _KEPT if name in node}
    if "anyOf" in node:
        kept["anyOf"] = [_strict(each, defs) for each in node["anyOf"]]
    if "items" in node:
        kept["items"] = _strict(node["items"], defs)
    if "properties" in node:
        parts = {name: _strict(each, defs) for name, each in node["properties"].items()}
        kept.pop("description", None)  # of the class: for people who read the code
        return kept | _object(parts)
    return kept


def _object(properties: dict[str, Any]) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
