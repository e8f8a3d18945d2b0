"""What was signed, checked against public keys; imported when somebody first shows such a thing."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

_ALGORITHMS = ["RS256", "ES256"]
_UNREADABLE = (JoseError, ValueError, TypeError, KeyError)


def claims(token: str, keys: dict[str, Any]) -> dict[str, Any] | None:
    """The claims of a token that one of these keys signed, or None."""
    try:
        return dict(jwt.decode(token, _key_set(keys), algorithms=_ALGORITHMS).claims)
    except _UNREADABLE:
        return None


def readable(keys: dict[str, Any]) -> bool:
    """Whether a JWKS holds nothing but keys that can be used."""
    try:
        _key_set(keys)
    except _UNREADABLE:
        return False
    return True


def _key_set(keys: dict[str, Any]) -> KeySet:
    return KeySet.import_key_set({"keys": keys["keys"]})
