"""Parameters held against the SDK's own types of them, so that they are as strict as Stripe's."""

import re
import sys
import types
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, ForwardRef, Literal, NotRequired, Required, Union, get_args, get_origin

import typing_extensions
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject

from tests.fake_stripe.ground.problems import Malformed

_ABOUT_THE_CALL = frozenset(RequestOptions.__annotations__)
_WRAPPERS = {NotRequired, Required, typing_extensions.NotRequired, typing_extensions.Required}


def check(given: dict[str, Any], declared: type, under: str = "") -> dict[str, Any]:
    """What is given, in its types; unknown and missing parameters are refused by name."""
    known = _parameters(declared)
    for name in given:
        if name not in known:
            path = _path(under, name)
            raise Malformed(
                f"Received unknown parameter: {path}", param=path, code="parameter_unknown"
            )
    for name, (_, needed) in known.items():
        if needed and name not in given:
            path = _path(under, name)
            raise Malformed(
                f"Missing required param: {path}.", param=path, code="parameter_missing"
            )
    return {
        name: _typed(value, known[name][0], _path(under, name)) for name, value in given.items()
    }


@cache
def _parameters(declared: type) -> dict[str, tuple[tuple[Any, ...], bool]]:
    """Of each parameter: the types it may have, and whether it must be there."""
    spaces = vars(sys.modules[declared.__module__])
    return {
        name: (_choices(annotation, spaces), name in declared.__required_keys__)  # type: ignore[attr-defined]
        for name, annotation in declared.__annotations__.items()
        if name not in _ABOUT_THE_CALL
    }


def _choices(annotation: Any, spaces: dict[str, Any]) -> tuple[Any, ...]:
    if isinstance(annotation, ForwardRef):
        return _choices(annotation.__forward_arg__, spaces)
    if isinstance(annotation, str):
        return _choices(eval(annotation, spaces), spaces)
    origin = get_origin(annotation)
    if origin in _WRAPPERS:
        return _choices(get_args(annotation)[0], spaces)
    if origin in {Union, types.UnionType}:
        return tuple(found for each in get_args(annotation) for found in _choices(each, spaces))
    if origin is list:
        return ((list, _choices(get_args(annotation)[0], spaces)),)
    return (annotation,)


def _typed(value: Any, choices: tuple[Any, ...], path: str) -> Any:
    if isinstance(value, dict):
        return _nested(value, choices, path)
    if isinstance(value, str):
        return _scalar(value, choices, path)
    raise Malformed(f"Invalid value for {path}", param=path)


def _nested(value: dict[str, Any], choices: tuple[Any, ...], path: str) -> Any:
    for choice in choices:
        if isinstance(choice, tuple):
            return [
                _typed(each, choice[1], f"{path}[{at}]") for at, each in enumerate(value.values())
            ]
        if get_origin(choice) in {dict, UntypedStripeObject} or choice is UntypedStripeObject:
            return _words(value, path)
        if isinstance(choice, type) and hasattr(choice, "__required_keys__"):
            return check(value, choice, path)
    raise Malformed(f"Invalid string: {value}", param=path, code="parameter_invalid_string")


def _words(value: dict[str, Any], path: str) -> dict[str, str]:
    for name, word in value.items():
        if not isinstance(word, str) or len(name) > 40 or len(word) > 500 or len(value) > 50:
            raise Malformed(f"Invalid {path}: values are strings, few and short", param=path)
    return value


def _scalar(value: str, choices: tuple[Any, ...], path: str) -> Any:
    words = [word for each in choices if get_origin(each) is Literal for word in get_args(each)]
    if value in words:
        return value
    for choice in (each for each in choices if each in _READERS):
        if (read := _READERS[choice](value)) is not None:
            return read
    named = [word for word in words if word]
    if str in choices and not named:
        return value
    if named:
        options = f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
        raise Malformed(f"Invalid {path}: must be one of {options}", param=path)
    for choice, (word, code) in _MISREAD.items():
        if choice in choices:
            raise Malformed(f"Invalid {word}: {value}", param=path, code=code)
    raise Malformed(f"Invalid hash or array: {path}", param=path)


def _integer(value: str) -> int | None:
    return int(value) if re.fullmatch(r"-?\d{1,18}", value) else None


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


_READERS: dict[Any, Any] = {
    int: _integer,
    float: _decimal,
    Decimal: _decimal,
    bool: {"true": True, "false": False}.get,
}
_MISREAD = {
    int: ("integer", "parameter_invalid_integer"),
    bool: ("boolean", None),
    float: ("decimal", None),
    Decimal: ("decimal", None),
}


def _path(under: str, name: str) -> str:
    return f"{under}[{name}]" if under else name
