"""Money for a model's tokens: integer micro-dollars, rounded up."""

from dataclasses import dataclass
from typing import Final

from app.domain import plans

MILLION: Final = 1_000_000  # tokens a price is for

EARNED: Final = min(
    *(plan.usd_micros // plan.included for plan in plans.PLANS.values() if plan.included),
    *(plan.overage_micros for plan in plans.PLANS.values() if plan.overage_micros),
    *(pack.usd_micros // pack.tokens for pack in plans.PACKS.values()),
)
"""What one of our tokens earns at least, wherever it was bought."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A provider's prices, in micro-dollars a million tokens."""

    input_micros: int
    output_micros: int
    kept_percent: int = 100  # of the input price, where a provider takes more for keeping a prefix

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """What so many tokens cost."""
        return -(-(tokens_in * self.input_micros + tokens_out * self.output_micros) // MILLION)

    def worst(self, tokens_in: int, tokens_out: int) -> int:
        """What they cost where all of the input is kept for later calls."""
        return self.cost(-(-tokens_in * self.kept_percent // 100), tokens_out)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an installation has its model."""

    rate: Rate
    daily_micros: int  # the whole installation
    org_daily_micros: int  # one organization
    sold: bool = True  # whether tokens have to earn it; where none are sold, the day's money is all
