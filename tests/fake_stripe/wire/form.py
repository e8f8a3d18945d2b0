"""Stripe's form encoding: nested brackets, arrays by index or by empty brackets."""

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.fake_stripe.ground.problems import Malformed

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")


def parse(text: str) -> dict[str, Any]:
    """Nested dicts of strings; an array is a dict whose keys are its places."""
    parsed: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        found = _KEY.match(key)
        if found is None:
            raise Malformed(f"Invalid parameter name: {key}", param=key)
        _put(parsed, [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])], value, key)
    return parsed


def _put(into: dict[str, Any], path: list[str], value: str, key: str) -> None:
    for name in path[:-1]:
        into = into.setdefault(name or str(len(into)), {})
        if not isinstance(into, dict):
            raise Malformed(f"Invalid hash or array: {key}", param=key)
    into[path[-1] or str(len(into))] = value
