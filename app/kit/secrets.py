"""Secrets that leave us once: prefixed, checksummed, kept only as digests."""

import hashlib
import hmac
import secrets
import zlib
from base64 import urlsafe_b64encode

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LETTERS = 32  # 190 bits
LONG = 43  # all 256, for links that alone make somebody an owner
CHECK = 6  # CRC-32 in base 62
_BITS = 256  # where fewer are asked for, so many more that what is left of them is even


def mint(prefix: str, letters: int = LETTERS) -> str:
    """A new secret: prefix, random letters and digits, 6 of checksum."""
    body = prefix + _base62(secrets.randbits(_BITS), letters)
    return body + _checksum(body)


def derive(prefix: str, key: str, *parts: str) -> str:
    """A secret of the same form that follows from a key and parts, and from nothing less."""
    mac = hmac.new(key.encode(), "\0".join(parts).encode(), hashlib.sha256).digest()
    body = prefix + _base62(int.from_bytes(mac), LETTERS)
    return body + _checksum(body)


def well_formed(prefix: str, secret: str, letters: int = LETTERS) -> bool:
    """Whether a string is a secret of this kind with a sound checksum: typos end here, offline."""
    body, check = secret[:-CHECK], secret[-CHECK:]
    return (
        secret.startswith(prefix)
        and secret.isascii()
        and len(body) == len(prefix) + letters
        and same(_checksum(body), check)
    )


def digest(secret: str) -> bytes:
    """What we keep of a secret; it has enough chance in it to need no salt."""
    return hashlib.sha256(secret.encode()).digest()


def sign(key: str, *parts: str) -> str:
    """A 256-bit signature over parts, for links that carry their own meaning."""
    message = "\0".join(parts).encode()
    mac = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def same(left: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), CHECK)


def _base62(value: int, length: int) -> str:
    letters = []
    for _ in range(length):
        value, rest = divmod(value, 62)
        letters.append(_BASE62[rest])
    return "".join(reversed(letters))
