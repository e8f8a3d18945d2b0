"""The headers that repeat parts of a body, so that gateways can route without reading it."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from app.web.mcp import problems
from app.web.mcp.problems import RpcError

NAMED_BY = {
    "tools/call": "name",
    "prompts/get": "name",
    "resources/read": "uri",
    "tasks/get": "taskId",
    "tasks/update": "taskId",
    "tasks/cancel": "taskId",
}
PARAMETER = "mcp-param-"

_OPENING, _CLOSING = "=?base64?", "?="


def require_name(method: str, params: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    """Refuse a name-bearing request whose `Mcp-Name` is missing or says something else."""
    member = NAMED_BY.get(method)
    if member is None:
        return
    name = decoded(headers.get("mcp-name", ""))
    if not name or name != params.get(member):
        raise _mismatch(f"Mcp-Name must repeat params.{member}")


def require_arguments(
    mirrored: Mapping[str, tuple[str, ...]], arguments: Any, headers: Mapping[str, str]
) -> None:
    """Refuse a call whose mirrored arguments and `Mcp-Param-` headers differ."""
    for header, path in mirrored.items():
        if not _same(headers.get(header), _at(arguments, path)):
            raise _mismatch(f"{header} must repeat the argument {'.'.join(path)}")


def mirrored(schema: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the headers an input schema's `x-mcp-header` annotations ask for, with their paths."""
    return {PARAMETER + name.lower(): path for name, path in _annotated(schema, ())}


def decoded(value: str) -> str | None:
    """Return a header's value, unwrapped from base64 where it is wrapped; None if that breaks."""
    if not (value.startswith(_OPENING) and value.endswith(_CLOSING)):
        return value
    try:
        return base64.b64decode(value[len(_OPENING) : -len(_CLOSING)], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def _annotated(
    schema: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    properties = schema.get("properties")
    for key, inner in properties.items() if isinstance(properties, Mapping) else ():
        name = inner.get("x-mcp-header")
        if isinstance(name, str):
            yield name, (*path, key)
        yield from _annotated(inner, (*path, key))


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _same(sent: str | None, argument: Any) -> bool:
    if sent is None or argument is None:
        return sent is None and argument is None
    text = decoded(sent)
    if text is None:
        return False
    if isinstance(argument, bool):
        return text == str(argument).lower()
    if isinstance(argument, int | float):
        return _number(text) == argument
    return bool(text == argument)


def _number(text: str) -> float | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None


def _mismatch(message: str) -> RpcError:
    return RpcError(problems.HEADER_MISMATCH, f"Header mismatch: {message}", status=400)
