"""What is wrong with arguments, field by field, in words an agent can act on."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.errors import InvalidInput

_MOST_NAMED = 20
_LONGEST_NAME = 64  # ours are shorter; what a caller made up need not come back whole


def problems(error: ValidationError) -> list[tuple[str, str]]:
    """Each bad field once, with what it should have been."""
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False):
        found.setdefault(".".join(map(str, detail["loc"])) or "arguments", _say(detail))
    return list(found.items())


def unreadable(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Every text that holds what no text may hold: NUL, or half of a surrogate pair."""
    return [(name, "holds NUL or broken Unicode; send plain text") for name in _broken("", given)]


def refusal(found: list[tuple[str, str]]) -> InvalidInput:
    """The refusal that lists every bad field at once, with the first that was found of each."""
    first: dict[str, str] = {}
    for field, problem in found:
        first.setdefault(field, problem)
    named = [(_short(field), problem) for field, problem in list(first.items())[:_MOST_NAMED]]
    return InvalidInput(
        "; ".join(f"{field}: {problem}" for field, problem in named) + ".",
        hint="Mend these fields and call again. Nothing was charged.",
        fields=[{"field": field, "problem": problem} for field, problem in named],
    )


def _short(field: str) -> str:
    return field if len(field) <= _LONGEST_NAME else f"{field[:_LONGEST_NAME]}…"


def _broken(path: str, value: object) -> list[str]:
    if isinstance(value, str):
        return [path] if "\0" in value or not _encodable(value) else []
    if isinstance(value, dict):
        parts = ((f"{path}.{name}" if path else str(name), part) for name, part in value.items())
    elif isinstance(value, list):
        parts = ((f"{path}.{number}", part) for number, part in enumerate(value))
    else:
        return []
    return [found for name, part in parts for found in _broken(name, part)]


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _say(detail: ErrorDetails) -> str:
    words = _WORDS.get(detail["type"])
    return words(detail.get("ctx", {})) if words else detail["msg"]


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is required",
    "extra_forbidden": lambda _: "is not a field of this tool",
    "int_type": lambda _: "must be an integer",
    "int_from_float": lambda _: "must be an integer",
    "string_type": lambda _: "must be a string",
    "string_unicode": lambda _: "holds NUL or broken Unicode; send plain text",
    "list_type": lambda _: "must be a list",
    "model_type": lambda _: "must be an object",
    "literal_error": lambda ctx: f"must be one of {ctx['expected']}",
    "greater_than_equal": lambda ctx: f"must be at least {ctx['ge']}",
    "less_than_equal": lambda ctx: f"must be at most {ctx['le']}",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda ctx: f"must have at most {ctx['max_length']} characters",
    "too_short": lambda ctx: f"must have at least {ctx['min_length']} items",
    "too_long": lambda ctx: f"must have at most {ctx['max_length']} items",
    "value_error": lambda ctx: str(ctx["error"]),
}
