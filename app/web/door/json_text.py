"""JSON on bytes: what comes in is read strictly or refused, what goes out is written once."""

import json
import math
from typing import Any

DEEPEST = 100
"""Nesting beyond this is refused: every later walk over the value recurses."""


class Unparsable(Exception):
    """No JSON, or more of it than is read; the message says which."""


def loads(body: bytes) -> Any:
    """Read strict JSON: UTF-8, finite numbers, bounded depth; else Unparsable."""
    try:
        text = body.decode()
        value = _decode(text)
    except (ValueError, RecursionError):
        raise Unparsable("Parse error") from None
    if text.count("{") + text.count("[") > DEEPEST and _deeper_than(value, DEEPEST):
        raise Unparsable("Parse error: nested too deep")
    return value


def dumps(value: Any) -> str:
    """Serialise compactly; numbers that are not finite are a mistake of ours."""
    return _encode(value)


def encode(text: str) -> bytes:
    """Turn an answer into bytes, whatever half characters a caller made us repeat."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace")


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
