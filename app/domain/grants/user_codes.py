"""What a person types from one screen into another: eight letters that spell no word."""

import hmac
import secrets
from collections.abc import Sequence

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels (RFC 8628 §6.1)
_LENGTH = 8
_LONGEST = 40  # with whatever somebody types between the letters


def new() -> str:
    """A new code, as it is compared: 34 bits of chance, for ten minutes and few guesses."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def shown(code: str) -> str:
    """A code as people read and type it."""
    return f"{code[:4]}-{code[4:]}"


def read(typed: str) -> str | None:
    """The code somebody typed, in any case and with or without its dash; None where it is none."""
    letters = "".join(letter for letter in typed[:_LONGEST].upper() if letter.isalnum())
    sound = len(letters) == _LENGTH and set(letters) <= set(_LETTERS)
    return letters if sound else None


def digests(code: str, keys: Sequence[str]) -> list[bytes]:
    """What is kept of a code, under each of our secrets: so few letters could be tried offline."""
    return [hmac.digest(key.encode(), f"device:{code}".encode(), "sha256") for key in keys]
