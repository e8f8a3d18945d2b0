"""JSON-RPC on bytes: what comes in is a message or refused, what goes out is serialised once."""

from typing import Any, NamedTuple

from app.web.door import json_text
from app.web.door.json_text import Unparsable
from app.web.door.plain_text import is_plain
from app.web.mcp import problems
from app.web.mcp.problems import RpcError


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
    """Read strict JSON whose text every database can hold."""
    try:
        value = json_text.loads(body)
    except Unparsable as broken:
        raise RpcError(problems.PARSE_ERROR, str(broken), status=400) from None
    # Only an escape can smuggle in NUL or half a surrogate pair; most bodies hold none.
    if b"\\u" in body:
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


def result(id_: str | int, result_text: str) -> str:
    """Wrap a serialised result."""
    told = id_ if type(id_) is int else json_text.dumps(id_)
    return f'{{"jsonrpc":"2.0","id":{told},"result":{result_text}}}'


def error(id_: str | int | None, problem: RpcError) -> str:
    """Serialise a problem."""
    body: dict[str, Any] = {"code": problem.code, "message": problem.message}
    if problem.data is not None:
        body["data"] = problem.data
    return f'{{"jsonrpc":"2.0","id":{json_text.dumps(id_)},"error":{json_text.dumps(body)}}}'


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
