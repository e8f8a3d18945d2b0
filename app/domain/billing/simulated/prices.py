"""What is sold, under the ids the catalog gives the simulated biller: the price list itself."""

from collections.abc import Sequence

from app.domain.billing import catalog
from app.domain.billing.biller import NoSuchObject

of = catalog.simulated


def item_of(price_id: str) -> str:
    """The item behind a price id."""
    item = catalog.simulated_item(price_id)
    if item is None:
        raise NoSuchObject("There is no such price.")
    return item


def plan_of(prices: Sequence[str]) -> str | None:
    """The plan among the prices of one subscription; None where they are of something else."""
    for price_id in prices:
        kind, _, name = item_of(price_id).partition(":")
        if kind == "plan":
            return name
    return None


def plan_wanted(prices: Sequence[str]) -> str:
    """The plan to go on with."""
    name = plan_of(prices)
    if name is None:
        raise NoSuchObject("None of these prices is that of a plan.")
    return name


def usd_micros(price_id: str) -> int:
    """What one of it costs: a pack, a month, a token of overage."""
    return catalog.now_sold(item_of(price_id)).usd_micros
