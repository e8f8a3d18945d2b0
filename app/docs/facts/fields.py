"""Fields of inputs and answers as tables show them, read from their JSON Schemas."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from app.docs.facts.field_types import told
from app.tools import schema

Json = dict[str, Any]


class Field(NamedTuple):
    """One row: what it is called, what it may be, and what it says."""

    name: str
    type: str
    needed: bool
    default: str
    meaning: str


def of_input(described: Json) -> list[Field]:
    """The arguments of a tool; those inside a list follow it, `variants[].content`."""
    return list(_rows(described, "", frozenset()))


def of_output(described: Json, apart: frozenset[str] = frozenset()) -> list[Field]:
    """The fields of an answer, however deep, except inside those with a table of their own."""
    return list(_rows(described, "", apart))


def of_model(model: type[BaseModel], *without: str) -> list[Field]:
    """The fields a model itself has."""
    described = schema.of_input(model)
    return [field for field in _rows(described, "", frozenset(described["properties"]))
            if field.name not in without]  # fmt: skip


def _rows(described: Json, prefix: str, apart: frozenset[str]) -> Iterator[Field]:
    for name, field in described.get("properties", {}).items():
        path = f"{prefix}{name}"
        needed = name in described.get("required", ())
        default = "" if field.get("default") is None else str(field["default"])
        yield Field(path, told(field), needed, default, field.get("description", ""))
        if name not in apart:
            yield from _rows(field, f"{path}.", apart)
            yield from _rows(field.get("items", {}), f"{path}[].", apart)
