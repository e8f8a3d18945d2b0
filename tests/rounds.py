"""How often a storm is repeated: a tenth of it in `make test`, all of it in `make prove`."""

import os


def full() -> bool:
    """Whether this session is to do everything: POLIS_ROUNDS=full says so."""
    return os.environ.get("POLIS_ROUNDS") == "full"


def rounds(count: int) -> int:
    """How many rounds of so many this session does."""
    return count if full() else max(1, count // 10)
