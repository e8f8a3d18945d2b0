"""What a caller asks for when they start a run, and what it costs."""

import hashlib
from dataclasses import dataclass

from app.domain import plans

BATCH_SEATS = 50
_SEED_BITS = 53  # every JSON reader keeps such an integer exactly


@dataclass(frozen=True, slots=True)
class Order:
    """One content before one panel, as checked at the edge."""

    content_type: str
    content: str
    persona_count: int
    detail: str
    url: str | None = None
    url_mode: str | None = None
    audience: str | None = None
    label: str | None = None
    seed: int | None = None

    @property
    def tokens(self) -> int:
        """The whole price."""
        return self.price_of(self.persona_count)

    def price_of(self, personas: int) -> int:
        """The price of so many of the personas."""
        return plans.tokens_for(personas, self.detail, visual=self.url_mode == "visual")


def seed_of(*orders: Order) -> int:
    """The seed a request implies: equal requests seat equal panels, at every size and detail."""
    first = orders[0]
    if first.seed is not None:
        return first.seed
    facts = [
        part or ""
        for order in orders
        for part in (order.content_type, order.content, order.url, order.url_mode, order.audience)
    ]
    digest = hashlib.sha256("\0".join(facts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _SEED_BITS)


def batches_of(personas: int) -> list[tuple[int, int]]:
    """First seat and number of seats of each batch; seats count from 1."""
    return [
        (first, min(BATCH_SEATS, personas + 1 - first))
        for first in range(1, personas + 1, BATCH_SEATS)
    ]
