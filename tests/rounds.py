"""How often a storm is repeated: a tenth of it in `make test`, all of it in `make prove`."""

import os


def rounds(full: int) -> int:
    """The rounds of this session; POLIS_ROUNDS=full asks for all of them."""
    return full if os.environ.get("POLIS_ROUNDS") == "full" else max(1, full // 10)
