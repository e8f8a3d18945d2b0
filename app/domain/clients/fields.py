"""Single fields of what a client says about itself; empty ones count as absent."""

import re
from collections.abc import Mapping
from typing import Any

from app.domain.clients import redirects
from app.domain.clients.refusals import InvalidMetadata
from app.kit.plain import plain

Asked = Mapping[str, Any]

_MOST = 20  # entries of any list
_LONGEST = 500
_LINK = re.compile(r"https?://[^/?#@\\]+(?:[/?#][!-~]*)?", re.IGNORECASE)
_PRIVATE = {"d", "k", "p", "q", "dp", "dq", "qi", "oth"}
_SIGNING = {"RSA", "EC"}
_SHORTEST_MODULUS = 342  # characters of 2,048 bits


def text(asked: Asked, field: str, longest: int = _LONGEST) -> str | None:
    """A string, or None where there is none."""
    value = asked.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise InvalidMetadata(f"{field} must be a string of at most {longest} characters.")
    return plain(value) or None


def texts(asked: Asked, field: str) -> tuple[str, ...] | None:
    """A list of strings, or None where there is none."""
    value = asked.get(field)
    if value is None or value == []:
        return None
    if not isinstance(value, list) or len(value) > _MOST:
        raise InvalidMetadata(f"{field} must be a list of at most {_MOST} strings.")
    return tuple(_short(field, each) for each in value)


def choice(asked: Asked, field: str, allowed: tuple[str, ...]) -> str | None:
    """One of some words, or None where there is none."""
    value = text(asked, field)
    if value is not None and value not in allowed:
        raise InvalidMetadata(f"{field} must be one of {', '.join(allowed)}.")
    return value


def link(asked: Asked, field: str) -> str | None:
    """A web address that may be shown as a link, or None where there is none."""
    value = text(asked, field)
    if value is not None and not _is_link(value):
        raise InvalidMetadata(f"{field} must be an http or https address.")
    return value


def key_set(asked: Asked) -> dict[str, Any] | None:
    """Public keys that can prove a signature, or None where there are none."""
    value = asked.get("jwks")
    if value is None or value == {}:
        return None
    keys = value.get("keys") if isinstance(value, dict) else None
    if not isinstance(keys, list) or not 1 <= len(keys) <= _MOST or not all(map(_usable, keys)):
        raise InvalidMetadata("jwks must hold 1 to 20 public EC keys, or RSA ones from 2048 bits.")
    from app.domain.clients import signatures  # noqa: PLC0415 # joserfc is 33 ms of a start

    if not signatures.readable({"keys": keys}):
        raise InvalidMetadata("jwks holds a key that cannot be read.")
    return {"keys": keys}


def _is_link(value: str) -> bool:
    return value.isascii() and bool(_LINK.fullmatch(value)) and redirects.readable(value)


def _usable(key: object) -> bool:
    if not isinstance(key, dict) or key.get("kty") not in _SIGNING or _PRIVATE & key.keys():
        return False
    return key["kty"] == "EC" or len(str(key.get("n", ""))) >= _SHORTEST_MODULUS


def _short(field: str, value: object) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= _LONGEST:
        raise InvalidMetadata(f"{field} must hold strings of 1 to {_LONGEST} characters.")
    return plain(value)
