"""All that is sold, as Stripe's products and prices, made from the price list."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.adapters.stripe import reading
from app.adapters.stripe.client import Client, once
from app.domain import plans
from app.domain.billing.biller import NoSuchObject

if TYPE_CHECKING:
    import stripe
    from stripe.params import PriceCreateParams, PriceCreateParamsRecurring

MONTH = "month"
_TOKENS = "tokens"  # what the price brings, as its metadata has it
State = Literal["made", "stood", "changed"]


class Good(NamedTuple):
    """One thing with one price."""

    item: str  # as our catalog calls it
    name: str  # as a receipt does
    usd_micros: int
    tokens: int  # that one of it brings
    monthly: bool = True
    meter_id: str | None = None  # what counts it, where it is paid by use

    @property
    def named(self) -> str:
        """The id of its product, and the name its price is looked up by."""
        return f"polis_{self.item.replace(':', '_')}"

    @property
    def cents(self) -> Decimal:
        """Its price to the last digit: tokens cost less than a cent."""
        return Decimal(self.usd_micros).scaleb(-4)


class Found(NamedTuple):
    """Something at Stripe, and whether it was made just now."""

    name: str
    id: str
    state: State
    item: str = ""  # of our catalog, where it keeps the id


def table(meter_id: str) -> Iterator[Good]:
    """Packs, plans, and what is used beyond a plan."""
    for pack in plans.PACKS.values():
        name = f"{pack.name.capitalize()} pack: {pack.tokens:,} tokens"
        yield Good(f"pack:{pack.name}", name, pack.usd_micros, pack.tokens, monthly=False)
    for plan in (plans.PLANS[name] for name in plans.PAID_PLANS):
        title = f"{plan.name.capitalize()} plan"
        name = f"{title}: {plan.included:,} tokens a month"
        yield Good(f"plan:{plan.name}", name, plan.usd_micros, plan.included)
        overage = f"overage:{plan.name}"
        yield Good(overage, f"{title}: overage", plan.overage_micros, 1, meter_id=meter_id)


def found(client: Client, good: Good) -> tuple[Found, Found]:
    """Its product and its price, made where they are missing or no longer right."""
    return _product(client, good), _price(client, good)


def _product(client: Client, good: Good) -> Found:
    name = f"Product {good.name!r}"
    try:
        with client.asking() as v1:
            product = client.ours(v1.products.retrieve(good.named))
    except NoSuchObject:
        with client.asking() as v1:
            v1.products.create({"id": good.named, "name": good.name}, once(good.named))
        return Found(name, good.named, "made")
    if product.active and product.name == good.name:
        return Found(name, good.named, "stood")
    with client.asking() as v1:
        v1.products.update(good.named, {"name": good.name, "active": True}, once(good.named))
    return Found(name, good.named, "changed")


def _price(client: Client, good: Good) -> Found:
    """Prices never change, so another amount or allotment is another, found by the same name."""
    name = f"Price of {good.name!r}"
    with client.asking() as v1:
        listed = v1.prices.list({"lookup_keys": [good.named], "active": True}).data
        if listed and _fits(client.ours(listed[0]), good):
            return Found(name, listed[0].id, "stood", good.item)
        made = v1.prices.create(_params(good), once(good.named))
    return Found(name, client.ours(made).id, "changed" if listed else "made", good.item)


def _params(good: Good) -> "PriceCreateParams":
    params: PriceCreateParams = {
        "product": good.named,
        "currency": "usd",
        "unit_amount_decimal": good.cents,
        "tax_behavior": "exclusive",  # whatever the account's default is
        "lookup_key": good.named,
        "transfer_lookup_key": True,
        "metadata": {_TOKENS: str(good.tokens)},
    }
    if good.monthly:
        params["recurring"] = _recurring(good)
    return params


def _recurring(good: Good) -> "PriceCreateParamsRecurring":
    if good.meter_id is None:
        return {"interval": MONTH, "usage_type": "licensed"}
    return {"interval": MONTH, "usage_type": "metered", "meter": good.meter_id}


def _fits(price: "stripe.Price", good: Good) -> bool:
    wanted = (good.named, "usd", good.cents, str(good.tokens), "exclusive", good.monthly)
    is_ = (
        reading.id_of(price.product),
        price.currency,
        price.unit_amount_decimal,
        price.metadata.to_dict().get(_TOKENS),
        price.tax_behavior,
        price.recurring is not None,
    )
    rhythm = price.recurring
    if rhythm is None:
        return is_ == wanted
    by = (rhythm.interval, rhythm.interval_count, reading.is_metered(price), rhythm.meter)
    return is_ == wanted and by == (MONTH, 1, good.meter_id is not None, good.meter_id)
