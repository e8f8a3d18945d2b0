"""Our items as the provider knows them: its price ids by our own codes, one set a payment mode.

What a price brought when it was made stays with it: whoever subscribed at an old price keeps its
terms.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import insert
from app.domain import plans
from app.domain.billing.biller import BillerAway
from app.models.payments import CatalogEntry

METER, PORTAL = "meter", "portal"
_SIMULATED = "price_"

ITEMS = (
    *(f"pack:{name}" for name in plans.PACKS),
    *(f"plan:{name}" for name in plans.PAID_PLANS),
    *(f"overage:{name}" for name in plans.PAID_PLANS),
)


class Sold(NamedTuple):
    """What a price stands for."""

    item: str
    usd_micros: int
    tokens: int

    @property
    def plan(self) -> str | None:
        """The plan, where it is a plan's own price."""
        kind, _, name = self.item.partition(":")
        return name if kind == "plan" else None

    @property
    def pack(self) -> str | None:
        """The pack, where it is one."""
        kind, _, name = self.item.partition(":")
        return name if kind == "pack" else None


def now_sold(item: str) -> Sold:
    """An item at today's terms; overage is sold by the token."""
    kind, _, name = item.partition(":")
    if kind == "pack":
        return Sold(item, plans.PACKS[name].usd_micros, plans.PACKS[name].tokens)
    if kind == "plan":
        return Sold(item, plans.PLANS[name].usd_micros, plans.PLANS[name].included)
    if kind == "overage":
        return Sold(item, plans.PLANS[name].overage_micros, 1)
    return Sold(item, 0, 0)


def simulated(item: str) -> str:
    """The simulated biller's price id of an item: it follows from our own code."""
    return f"{_SIMULATED}{item}"


def simulated_item(price_id: str) -> str | None:
    """The item behind such an id."""
    item = price_id.removeprefix(_SIMULATED)
    return item if item in ITEMS and simulated(item) == price_id else None


def prices(session: Session, mode: str, item: str) -> tuple[str, ...]:
    """The price ids an item is sold at: a plan's own and that of its overage."""
    kind, _, name = item.partition(":")
    wanted = (item, f"overage:{name}") if kind == "plan" else (item,)
    return tuple(provider_id(session, mode, each) for each in wanted)


def provider_id(session: Session, mode: str, item: str) -> str:
    """What is sold as an item now."""
    if mode == "simulated":
        return simulated(item)
    kept = found(session, mode, item)
    if kept is None:
        raise BillerAway(
            "Payments are not set up on this installation yet.",
            hint="Its operator runs `polis setup-stripe` once.",
        )
    return kept


def found(session: Session, mode: str, item: str) -> str | None:
    """The provider's id of an item, if it was set up."""
    entry = select(CatalogEntry.provider_id).where(
        CatalogEntry.mode == mode, CatalogEntry.item == item, CatalogEntry.sold
    )
    return session.scalar(entry)


def sold(session: Session, mode: str, price_id: str | None) -> Sold | None:
    """What a price stands for, sold still or not; None where it is none of ours."""
    if price_id is None:
        return None
    if mode == "simulated":
        item = simulated_item(price_id)
        return now_sold(item) if item else None
    entry = session.get(CatalogEntry, (mode, price_id))
    return Sold(entry.item, entry.usd_micros, entry.tokens) if entry else None


def plan_of(session: Session, mode: str, price_id: str | None) -> str | None:
    """The plan a price belongs to."""
    terms = sold(session, mode, price_id)
    return terms.plan if terms else None


def replace(session: Session, mode: str, ids: Mapping[str, str], now: datetime) -> None:
    """Sell these from now on, by item; what was sold before is still known."""
    for item, provider_id_ in ids.items():
        terms = now_sold(item)
        session.execute(
            update(CatalogEntry)
            .where(CatalogEntry.mode == mode, CatalogEntry.item == item)
            .values(sold=False)
        )
        session.execute(
            insert(session, CatalogEntry)
            .values(
                mode=mode, provider_id=provider_id_, item=item, usd_micros=terms.usd_micros,
                tokens=terms.tokens, sold=True, created_at=now,
            )
            .on_conflict_do_update(index_elements=["mode", "provider_id"], set_={"sold": True})
        )  # fmt: skip
