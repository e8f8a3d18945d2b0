"""What a test would cost, said where it is spent: which tokens pay, and what is left."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain import plans, wallets
from app.domain.callers import Caller
from app.domain.runs.order import Order
from app.domain.wallets import Split, Standing
from app.errors import Kind, PolisError


class Price(NamedTuple):
    """The price of one test or of several together, against what there is now."""

    book: str
    tokens: int
    runs: int
    per_person: str
    split: Split
    standing: Standing

    @property
    def payable(self) -> bool:
        """Whether a start would be accepted right now."""
        return not self.split.missing

    @property
    def left(self) -> int:
        """Tokens left afterwards, before any that cost more."""
        had = self.standing.prepaid
        return had - self.split.included - self.split.trial - self.split.packs

    @property
    def overage_micros(self) -> int:
        """What this adds to the bill."""
        return self.split.overage * self.standing.price_micros

    @property
    def cap_left_micros(self) -> int:
        """What the cap on overage still allows afterwards."""
        standing = self.standing
        return max(0, standing.cap_micros - standing.overage_micros - self.overage_micros)


class Unpriced(NamedTuple):
    """Why there is no price, in the words of whoever refused it."""

    sentence: str
    hint: str = ""
    unpaid: bool = False


def of(orders: Sequence[Order], caller: Caller) -> Price:
    """The price of these orders together."""
    tokens, first = sum(order.tokens for order in orders), orders[0]
    return Price(
        book=caller.book,
        tokens=tokens,
        runs=len(orders),
        per_person=plans.per_persona(first.detail, visual=first.url_mode == "visual"),
        split=wallets.divide(caller.standing, tokens),
        standing=caller.standing,
    )


def refused(error: PolisError) -> Unpriced:
    """A refusal as the place of the price says it."""
    return Unpriced(error.message, error.hint, error.kind is Kind.UNPAID)
