"""The one currency there is: whatever Stripe tells in another is none of ours."""

from typing import Protocol

from app.domain.billing.biller import NotOurMoney

CURRENCY = "usd"


class _Priced(Protocol):
    @property
    def currency(self) -> str | None: ...


def require_dollars(thing: _Priced) -> None:
    """Refuse another currency: its amounts are no cents, in some not even hundredths."""
    if thing.currency != CURRENCY:
        raise NotOurMoney(
            f"This is money in {thing.currency}, and Polis takes US dollars alone.",
            hint="Sell at the prices that polis setup-stripe makes.",
        )
