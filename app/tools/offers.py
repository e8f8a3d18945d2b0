"""Plans and packs with the pages that sell them, as answers and refusals show them."""

from datetime import datetime
from functools import lru_cache

from pydantic import Field

from app.domain import plans
from app.domain.links import Links
from app.kit import clock
from app.tools.base import Output
from app.tools.numbers import Number, dollars


class CheckoutUrls(Output):
    """Where a person can start each plan."""

    starter: str = Field(description="Page that sells the starter plan.")
    pro: str = Field(description="Page that sells the pro plan.")
    scale: str = Field(description="Page that sells the scale plan.")


class TopupPack(Output):
    """Tokens that can be bought once."""

    pack: str = Field(description="Name to give polis_topup.")
    usd: Number = Field(description="Price in dollars.")
    tokens: int = Field(description="Tokens it holds; they never end.")
    url: str = Field(description="Page that sells it.")


def checkout_urls(links: Links, organization_id: str, now: datetime) -> CheckoutUrls:
    """A page for each plan, good for seven days."""
    return _offers(links, organization_id, clock.day_start(now))[0]


def topup_packs(links: Links, organization_id: str, now: datetime) -> list[TopupPack]:
    """Every pack with the page that sells it."""
    return _offers(links, organization_id, clock.day_start(now))[1]


@lru_cache(maxsize=4096)
def _offers(
    links: Links, organization_id: str, day: datetime
) -> tuple[CheckoutUrls, list[TopupPack]]:
    """Signed once a day for each organization: no tool is called more than `polis_account`."""
    urls = {name: links.pay(organization_id, f"plan:{name}", day) for name in plans.PAID_PLANS}
    packs = [
        TopupPack(
            pack=pack.name,
            usd=dollars(pack.usd_micros),
            tokens=pack.tokens,
            url=links.pay(organization_id, f"pack:{pack.name}", day),
        )
        for pack in plans.PACKS.values()
    ]
    return CheckoutUrls(**urls), packs
