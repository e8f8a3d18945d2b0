"""What was measured on people: the benchmark's own file, where there is one, as tables."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from app.adapters.engines.embedded import validity as engine
from app.adapters.engines.embedded.heads import figures

Json = dict[str, Any]


class Table(NamedTuple):
    """Some figures: a heading, columns and rows of text."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def facts() -> dict[str, Any]:
    """What was found, as it is and as tables; None as long as nothing was."""
    found = measured(figures.FILE)
    unvalidated = engine.unvalidated("en")
    return {"validity": found, "validity_tables": tables(found), "unvalidated": unvalidated}


def measured(file: Path) -> Json | None:
    """What the benchmark found, or None as long as it has not been run."""
    if not file.exists():
        return None
    found: Json = json.loads(file.read_text(encoding="utf-8"))
    return found


def tables(found: Json | None) -> list[Table]:
    """Every figure of the file: single ones first, then a table for each group.

    What is true or false of it all is said in the words around them.
    """
    told = {name: value for name, value in (found or {}).items() if not isinstance(value, bool)}
    groups = {name: _group(value) for name, value in told.items()}
    single = [[_words(k), _told(v)] for k, v in told.items() if groups[k] is None]
    first = [Table("The measurement", ["fact", "value"], single)] if single else []
    return first + [
        _table(_words(name), group) for name, group in groups.items() if group is not None
    ]


def _group(value: Any) -> dict[str, Json] | None:
    """The rows of a value that is a list or an object of objects."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return {str(number): each for number, each in enumerate(value, 1)}
    if isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
        return value
    return None


def _table(title: str, group: dict[str, Json]) -> Table:
    columns = list(dict.fromkeys(name for row in group.values() for name in row))
    numbered = all(name.isdecimal() for name in group)
    rows = [
        ([] if numbered else [_words(name)]) + [_told(row.get(each)) for each in columns]
        for name, row in group.items()
    ]
    heads = [_words(each) for each in columns]
    return Table(title, heads if numbered else [title, *heads], rows)


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and len(value) == 2 and not isinstance(value[0], str):  # an interval
        return f"{_told(value[0])} to {_told(value[1])}"
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    if isinstance(value, dict):
        return ", ".join(f"{_words(name)} {_told(each)}" for name, each in value.items())
    return str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")
