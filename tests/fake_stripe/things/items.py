"""The items of a subscription: a price each, their period, what their meter has counted."""

from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import meters, prices
from tests.fake_stripe.things.lines import item_line, name_of


def make(state: State, subscription: str, given: Thing, period: tuple[int, int], at: str) -> Thing:
    """A new item from parameters."""
    price = sold(state, given, at)
    item = state.make(
        "subscription_item", "si", price=price, plan=plan_of(price), subscription=subscription,
        quantity=None if is_metered(price) else given.get("quantity", 1), tax_rates=[],
        metadata=given.get("metadata") or {}, current_period_start=period[0],
        current_period_end=period[1],
    )  # fmt: skip
    state.notes[item["id"]]["counted_from"] = state.now
    return item


def sold(state: State, given: Thing, at: str) -> Thing:
    """The recurring price a parameter names."""
    if "price" not in given:
        raise Malformed(f"Missing required param: {at}[price].", param=f"{at}[price]", code="parameter_missing")  # fmt: skip
    price = prices.in_use(state, given["price"], f"{at}[price]")
    if price["type"] != "recurring":
        raise Malformed(
            f"The price specified is set to `type=one_time` but this field only accepts prices "
            f"with `type=recurring`: {price['id']}", param=f"{at}[price]",
        )  # fmt: skip
    if is_metered(price) and "quantity" in given:
        raise Malformed(
            f"You cannot specify `quantity` on a metered price: {price['id']}",
            param=f"{at}[quantity]",
        )
    return price


def check_together(items: list[Thing]) -> None:
    """One currency, one rhythm, each price once."""
    if len({item["price"]["currency"] for item in items}) > 1:
        raise Malformed("Currency and interval fields must match across all prices on this subscription.", param="items")  # fmt: skip
    ids = [item["price"]["id"] for item in items]
    for identifier in ids:
        if ids.count(identifier) > 1:
            raise Malformed(
                f"Cannot add multiple subscription items with the same price: {identifier}",
                param="items",
            )
    if len({rhythm(item["price"]) for item in items}) > 1:
        raise Malformed("Currency and interval fields must match across all prices on this subscription.", param="items")  # fmt: skip


def rhythm(price: Thing) -> tuple[str, int]:
    """How often a price recurs."""
    return price["recurring"]["interval"], price["recurring"]["interval_count"]


def is_metered(price: Thing) -> bool:
    """Whether a price is by use."""
    return bool(price["recurring"]["usage_type"] == "metered")


def advance_lines(state: State, items: list[Thing], period: tuple[int, int]) -> list[Thing]:
    """What is paid ahead for a period."""
    return [item_line(state, item, period) for item in items if not is_metered(item["price"])]


def usage_lines(state: State, customer: str, items: list[Thing], until: int) -> list[Thing]:
    """What meters have counted up to a moment, billed behind."""
    return [
        item_line(
            state, item, (usage["from"], until), quantity=usage["count"],
            description=f"{usage['count']} x {name_of(state, item['price'])}",
        )
        for item in items
        if is_metered(item["price"])
        for usage in [counted(state, customer, item, until)]
    ]  # fmt: skip


def counted(state: State, customer: str, item: Thing, until: int) -> Thing:
    """What an item's meter has counted since it was last billed."""
    begun = state.notes[item["id"]]["counted_from"]
    meter = state.get("billing.meter", item["price"]["recurring"]["meter"])
    return {"from": begun, "count": meters.counted(state, meter, customer, begun, until)}


def mark_billed(state: State, items: list[Thing], until: int) -> None:
    """Usage before this moment is on an invoice."""
    for item in items:
        state.notes[item["id"]]["counted_from"] = until


def plan_of(price: Thing) -> Thing:
    """The older name of a recurring price, which Stripe still shows beside it."""
    recurring = price["recurring"]
    return {
        "id": price["id"], "object": "plan", "active": price["active"],
        "amount": price["unit_amount"], "amount_decimal": price["unit_amount_decimal"],
        "billing_scheme": price["billing_scheme"], "created": price["created"],
        "currency": price["currency"], "interval": recurring["interval"],
        "interval_count": recurring["interval_count"], "livemode": price["livemode"],
        "metadata": price["metadata"], "meter": recurring["meter"], "nickname": price["nickname"],
        "product": price["product"], "tiers_mode": None, "transform_usage": None,
        "trial_period_days": None, "usage_type": recurring["usage_type"],
    }  # fmt: skip
