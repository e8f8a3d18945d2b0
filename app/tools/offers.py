"""Plans and packs with the pages that sell them, as answers and refusals show them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from app.domain import plans
from app.domain.links import Links
from app.kit import clock
from app.tools.usage import dollars

Json = dict[str, Any]


def checkout_urls(links: Links, organization_id: str, now: datetime) -> Json:
    """A page for each plan, good for seven days."""
    return _offers(links, organization_id, clock.day_start(now))[0]


def topup_packs(links: Links, organization_id: str, now: datetime) -> list[Json]:
    """Every pack with the page that sells it."""
    return _offers(links, organization_id, clock.day_start(now))[1]


@lru_cache(maxsize=4096)
def _offers(links: Links, organization_id: str, day: datetime) -> tuple[Json, list[Json]]:
    """Signed once a day for each organization: no tool is called more than `polis_account`."""
    urls = {name: links.pay(organization_id, f"plan:{name}", day) for name in plans.PAID_PLANS}
    packs = [
        {
            "pack": pack.name,
            "usd": dollars(pack.usd_micros),
            "tokens": pack.tokens,
            "url": links.pay(organization_id, f"pack:{pack.name}", day),
        }
        for pack in plans.PACKS.values()
    ]
    return urls, packs
