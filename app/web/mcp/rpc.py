"""JSON-RPC on bytes: what comes in is parsed or refused, what goes out is serialised once."""

import json
import math
from typing import Any, NamedTuple

from app.web.mcp import problems
from app.web.mcp.plain_text import is_plain
from app.web.mcp.problems import RpcError

DEEPEST = 100
"""Nesting beyond this is refused: every later walk over the value recurses."""


class Call(NamedTuple):
    """A request: it is answered under its id."""

    id: str | int
    method: str
    params: dict[str, Any]


class Notification(NamedTuple):
    """A message nobody answers."""

    method: str
    params: dict[str, Any]


class Reply(NamedTuple):
    """A client's answer to a request of ours."""

    message: dict[str, Any]


Message = Call | Notification | Reply


class InvalidRequest(RpcError):
    """JSON, but no JSON-RPC message; carries the id where one can be read."""

    def __init__(self, message: str, id_: str | int | None = None) -> None:
        super().__init__(problems.INVALID_REQUEST, message, status=400)
        self.id = id_


def loads(body: bytes) -> Any:
    """Read strict JSON: UTF-8, finite numbers, bounded depth."""
    try:
        text = body.decode()
        value = _decode(text)
    except (ValueError, RecursionError):
        raise RpcError(problems.PARSE_ERROR, "Parse error", status=400) from None
    if text.count("{") + text.count("[") > DEEPEST and _deeper_than(value, DEEPEST):
        raise RpcError(problems.PARSE_ERROR, "Parse error: nested too deep", status=400)
    # Only an escape can smuggle in NUL or half a surrogate pair; most bodies hold none.
    if "\\u" in text:
        for message in value if isinstance(value, list) else [value]:
            _require_plain(message)
    return value


def message(value: Any) -> Message:
    """Tell what kind of JSON-RPC message a value is."""
    if not isinstance(value, dict):
        raise InvalidRequest("Invalid request: a message is an object")
    id_ = value.get("id")
    readable = type(id_) is str or type(id_) is int
    if value.get("jsonrpc") != "2.0":
        raise InvalidRequest('Invalid request: "jsonrpc" must be "2.0"', id_ if readable else None)
    if "id" in value and not readable:
        raise InvalidRequest('Invalid request: "id" must be a string or an integer')
    if "method" in value:
        return _with_method(value, id_)
    if "result" in value or "error" in value:
        return Reply(value)
    raise InvalidRequest('Invalid request: "method" is missing', id_)


def dumps(value: Any) -> str:
    """Serialise compactly; numbers that are not finite are a mistake of ours."""
    return _encode(value)


def encode(text: str) -> bytes:
    """Turn an answer into bytes, whatever half characters a caller made us repeat."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace")


def result(id_: str | int, result_text: str) -> str:
    """Wrap a serialised result."""
    told = id_ if type(id_) is int else _encode(id_)
    return f'{{"jsonrpc":"2.0","id":{told},"result":{result_text}}}'


def error(id_: str | int | None, problem: RpcError) -> str:
    """Serialise a problem."""
    body: dict[str, Any] = {"code": problem.code, "message": problem.message}
    if problem.data is not None:
        body["data"] = problem.data
    return f'{{"jsonrpc":"2.0","id":{_encode(id_)},"error":{_encode(body)}}}'


def _with_method(value: dict[str, Any], id_: Any) -> Call | Notification:
    method, params = value["method"], value.get("params", {})
    if type(method) is not str:
        raise InvalidRequest('Invalid request: "method" must be a string', id_)
    if type(params) is not dict:
        raise InvalidRequest('Invalid request: "params" must be an object', id_)
    return Call(id_, method, params) if "id" in value else Notification(method, params)


def _require_plain(value: Any) -> None:
    """Leave a tool's arguments to its own validation, which can name the field."""
    if isinstance(value, dict) and value.get("method") == "tools/call":
        params = value.get("params")
        if isinstance(params, dict):
            outside = {key: params[key] for key in params if key != "arguments"}
            value = {**value, "params": outside}
    if not is_plain(value):
        raise InvalidRequest("Invalid request: text holds NUL or half a character")


def _deeper_than(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isfinite(number):
        return number
    raise ValueError(digits)


def _refuse(constant: str) -> float:
    raise ValueError(constant)


_decode = json.JSONDecoder(parse_float=_finite, parse_constant=_refuse).decode
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
