"""Passwords: what we keep of them."""

from argon2 import PasswordHasher

from app.errors import InvalidInput

# 24 ms on the machine it was measured on; the stronger default took 102 (decisions/0011).
_HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_SHORTEST_PASSWORD = 8


def hash_password(password: str) -> str:
    """What we keep of a password; slow on purpose, so never inside a transaction."""
    if len(password) < _SHORTEST_PASSWORD:
        raise InvalidInput(
            f"A password needs at least {_SHORTEST_PASSWORD} characters.", field="password"
        )
    return _HASHER.hash(password)
