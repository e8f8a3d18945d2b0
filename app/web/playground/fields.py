"""The fields of a tool, made from the schema its clients read."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.tools import schema
from app.tools.base import Tool

_LONG = 500  # characters from which a text gets room
_LONGEST = 300_000

Json = dict[str, Any]


class Field(NamedTuple):
    """One argument, as a form shows it."""

    name: str
    kind: str  # text | long | number | flag | choice | json
    hint: str
    required: bool
    choices: tuple[str, ...] = ()
    usual: str = ""  # what it is where nothing is said
    most: int | None = None  # characters

    @property
    def id(self) -> str:
        """Its name in the form, apart from what the form has of its own."""
        return f"arg-{self.name}"


def of(tool: Tool[Any, Any]) -> list[Field]:
    """Every argument of a tool, what it cannot do without first."""
    described = schema.of_input(tool.input)
    required = described.get("required", [])
    parts: dict[str, Json] = described.get("properties", {})
    found = [_field(name, part, required=name in required) for name, part in parts.items()]
    return sorted(found, key=lambda field: not field.required)


def read(fields: list[Field], form: Mapping[str, str]) -> tuple[Json, dict[str, str]]:
    """The arguments of a form that was sent, and what cannot be read; empty is left out."""
    given: Json = {}
    problems: dict[str, str] = {}
    for field in fields:
        text = form.get(field.id, "")[:_LONGEST].replace("\r\n", "\n")
        if text.strip() == "":
            continue
        try:
            given[field.name] = _value(field.kind, text)
        except (ValueError, RecursionError):
            problems[field.id] = _UNREADABLE[field.kind]
    return given, problems


def _field(name: str, part: Json, *, required: bool) -> Field:
    usual = part.get("default")
    return Field(
        name=name,
        kind=_kind(name, part),
        hint=part.get("description", ""),
        required=required,
        choices=tuple(map(str, part.get("enum", ()))),
        usual="" if usual is None else str(usual),
        most=part.get("maxLength"),
    )


def _kind(name: str, part: Json) -> str:
    if "enum" in part:
        return "choice"
    if part.get("type") == "string":
        return "long" if name != "url" and part.get("maxLength", 0) > _LONG else "text"
    return {"integer": "number", "boolean": "flag"}.get(part.get("type", ""), "json")


def _value(kind: str, text: str) -> Any:
    if kind == "json":
        return json.loads(text)
    if kind == "number":
        return int(text)
    return text == "true" if kind == "flag" else text


_UNREADABLE = {"number": "Write a whole number.", "json": "This is no JSON."}
