"""Passwords: which we take, what we keep of them, and how they are compared.

All of it is slow on purpose, so none of it happens inside a transaction.
"""

from functools import cache
from threading import BoundedSemaphore, Lock
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import InvalidInput

SHORTEST = 8  # characters

# 24 ms on the machine it was measured on; the stronger default took 102 (decisions/0011).
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)  # in one process: 76 MiB, and threads left for other pages
_LONGEST = 1000  # characters
_GUESSED = 72  # characters zxcvbn looks at: its time grows with the square
_LEAST_SCORE = 3  # of 4: some 10^8 guesses
_ESTIMATE = Lock()  # zxcvbn keeps the words of one call where the next one looks


def hash_password(password: str) -> str:
    """What we keep of a password."""
    _check_length(password)
    with _AT_ONCE:
        return _HASHER.hash(_typed(password))


def check_strength(password: str, *about: str) -> None:
    """Refuse what is guessed early: common, or made of what is known about the person."""
    _check_length(password)
    from zxcvbn import (  # type: ignore[import-untyped] # noqa: PLC0415 # ships no types; 50 ms, and few sign up
        zxcvbn,
    )

    if password.lower() in _common():
        raise InvalidInput("This password is on every list of common ones.", field="password")
    with _ESTIMATE:
        score = zxcvbn(password[:_GUESSED], user_inputs=[*about, "polis"])["score"]
    if score < _LEAST_SCORE:
        raise InvalidInput(
            "This password is guessed early. Four words that do not belong together are better.",
            field="password",
        )


def matches(digest: str | None, password: str) -> bool:
    """Whether a password is the kept one; nobody's takes as long to compare as somebody's."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(digest or _nobodys(), _typed(password)) and bool(digest)
        except (VerificationError, InvalidHashError):
            return False


def outdated(digest: str) -> bool:
    """Whether a digest was made with other parameters than new ones."""
    return _HASHER.check_needs_rehash(digest)


def _check_length(password: str) -> None:
    if len(password) < SHORTEST:
        raise InvalidInput(f"A password needs at least {SHORTEST} characters.", field="password")
    if len(password) > _LONGEST:
        raise InvalidInput(f"A password has at most {_LONGEST:,} characters.", field="password")


def _typed(password: str) -> bytes:
    """The same bytes on every keyboard, and no more than one could have chosen."""
    return normalize("NFKC", password[: _LONGEST + 1]).encode(errors="surrogatepass")


@cache
def _nobodys() -> str:
    """A digest of nothing anybody could know, made once."""
    return _HASHER.hash("")


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import (  # type: ignore[import-untyped] # noqa: PLC0415 # as above
        FREQUENCY_LISTS,
    )

    return frozenset(FREQUENCY_LISTS["passwords"])
