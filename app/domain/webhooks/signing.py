"""Signatures after Standard Webhooks 1.0: HMAC-SHA256 over id, time and body."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable

_PREFIX = "whsec_"


def headers(id_: str, at_s: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers; while a secret rolls there are two signatures, the new one first."""
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(signature(id_, at_s, body, each) for each in secrets),
    }


def signature(id_: str, at_s: int, body: bytes, secret: str) -> str:
    """One signature under one secret."""
    key = b64decode(secret.removeprefix(_PREFIX))
    mac = hmac.digest(key, f"{id_}.{at_s}.".encode() + body, hashlib.sha256)
    return f"v1,{b64encode(mac).decode()}"
