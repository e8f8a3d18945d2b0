"""Names for rows: a prefix that says the kind, then time-ordered random characters."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LENGTH = 26  # 48 bits of milliseconds and 80 of chance, as in a ULID


def new(prefix: str) -> str:
    """A new id such as `run_01jd…`; ids of one kind sort by the time they were made."""
    value = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    letters = [_ALPHABET[value >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5)]
    return f"{prefix}_{''.join(letters)}"


def is_id(prefix: str, text: str) -> bool:
    """Whether a string could be an id of this kind, so that rubbish never reaches a query."""
    head, _, tail = text.partition("_")
    return head == prefix and len(tail) == _LENGTH and all(c in _ALPHABET for c in tail)
