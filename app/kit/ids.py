"""Names for rows: a prefix that says the kind, then time-ordered random characters."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LENGTH = 26  # 48 bits of milliseconds and 80 of chance, as in a ULID


def new(prefix: str) -> str:
    """A new id such as `run_01jd…`; ids of one kind sort by the time they were made."""
    return of_moment(prefix, time.time_ns() // 1_000_000)


def of_moment(prefix: str, milliseconds: int) -> str:
    """A new id of what happened then, though it is written down later."""
    return _spelled(prefix, milliseconds << 80 | secrets.randbits(80))


def first_of(prefix: str, milliseconds: int) -> str:
    """What every id made from a moment on sorts after: a list since then begins there."""
    return _spelled(prefix, milliseconds << 80)


def after(prefix: str, beginning: str) -> str | None:
    """What every id that begins so sorts before; None where no id can begin so."""
    head, _, tail = beginning.partition("_")
    if head != prefix or len(tail) > _LENGTH or not all(c in _ALPHABET for c in tail):
        return None
    return f"{beginning}{_ALPHABET[-1] * (_LENGTH + 1 - len(tail))}"


def moment_of(id_: str) -> int:
    """The millisecond an id was made in."""
    value = 0
    for letter in id_.partition("_")[2]:
        value = value << 5 | _ALPHABET.index(letter)
    return value >> 80


def is_id(prefix: str, text: str) -> bool:
    """Whether a string could be an id of this kind, so that rubbish never reaches a query."""
    head, _, tail = text.partition("_")
    return head == prefix and len(tail) == _LENGTH and all(c in _ALPHABET for c in tail)


def _spelled(prefix: str, value: int) -> str:
    letters = [_ALPHABET[value >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
    return f"{prefix}_{''.join(letters)}"
