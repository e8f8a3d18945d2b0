"""What we must be able to read again and nobody else may: sealed under the installation's secret.

The first key seals, every key opens, so that a secret can be rolled. One purpose's key opens
nothing of another's.
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

ANEW = 500  # at most so many of a kind are sealed anew in one transaction; others write meanwhile


class Lost(Exception):
    """What was sealed cannot be opened: altered, for another purpose, or its key is gone."""


def seal(plain: bytes, purpose: str, keys: Sequence[str]) -> bytes:
    """An encrypted copy (RFC 7516) that says nothing but how long it is, and under which key."""
    from joserfc import jwe  # noqa: PLC0415 # 40 ms most processes need not pay at their start

    return jwe.encrypt_compact(_header(keys[0]), plain, _key(keys[0], purpose)).encode()


def opened(sealed: bytes | str, purpose: str, keys: Sequence[str]) -> bytes:
    """What was sealed; Lost where none of our keys opens it."""
    from joserfc import jwe  # noqa: PLC0415 # as above
    from joserfc.errors import JoseError  # noqa: PLC0415 # as above

    for key in keys:
        try:
            return jwe.decrypt_compact(sealed, _key(key, purpose)).plaintext or b""
        except (JoseError, ValueError):  # sealed under another of our keys, or not by us
            continue
    raise Lost(f"Sealed {purpose} cannot be opened: put the former SECRET_KEY behind the new one.")


def beginning(key: str) -> bytes:
    """What everything that is sealed under this key begins with, and nothing else does."""
    header = json.dumps(_header(key), separators=(",", ":")).encode()
    return urlsafe_b64encode(header).rstrip(b"=") + b"."


def name_of(key: str) -> str:
    """What tells one of our keys from the others, and nothing of it."""
    return hmac.digest(key.encode(), b"name of a key", hashlib.sha256).hex()[:16]


def _header(key: str) -> dict[str, Any]:
    return {"alg": "dir", "enc": "A256GCM", "kid": name_of(key)}


def _key(secret: str, purpose: str) -> Any:
    from joserfc.jwk import OctKey  # noqa: PLC0415 # as above

    return OctKey.import_key(hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256))
