"""Lines of invoices and items waiting for one: what, for which time, how much."""

from tests.fake_stripe.ground.money import cost
from tests.fake_stripe.ground.state import State, Thing


def item_line(state: State, item: Thing, period: tuple[int, int], **given: object) -> Thing:
    """A line for a subscription's item over a period."""
    price, quantity = item["price"], given.pop("quantity", item["quantity"] or 1)
    parent = {
        "invoice_item": None, "proration": bool(given.pop("proration", False)),
        "proration_details": None, "subscription": item["subscription"],
        "subscription_item": item["id"],
    }  # fmt: skip
    return line(
        state, price, int(str(quantity)), period,
        parent={"type": "subscription_item_details", "invoice_item_details": None,
                "subscription_item_details": parent},
        subscription=item["subscription"], metadata=dict(item["metadata"]), **given,
    )  # fmt: skip


def line(
    state: State, price: Thing, quantity: int, period: tuple[int, int], **given: object
) -> Thing:
    """A line for a price."""
    amount = given.pop("amount", None)
    total = cost(price, quantity) if amount is None else int(str(amount))
    made = state.make(
        "line_item", "il", amount=total, subtotal=total, currency=price["currency"],
        discountable=False, quantity=quantity, quantity_decimal=str(quantity),
        pricing=pricing(price), period={"start": period[0], "end": period[1]},
        **{"description": name_of(state, price), "metadata": {}, **given},
    )  # fmt: skip
    del state.things["line_item"][made["id"]]  # it lives in its invoice
    return made | {"discount_amounts": [], "pretax_credit_amounts": [], "taxes": []}


def item_from(state: State, made: Thing, customer: str) -> Thing:
    """A line that waits for the next invoice, as an invoice item."""
    details = made["parent"]["subscription_item_details"]
    return state.make(
        "invoiceitem", "ii", amount=made["amount"], currency=made["currency"], customer=customer,
        date=state.now, description=made["description"], discountable=False, discounts=[],
        metadata={}, period=made["period"], pricing=made["pricing"], quantity=made["quantity"],
        quantity_decimal=made["quantity_decimal"], proration=details["proration"], tax_rates=[],
        net_amount=made["amount"],
        parent={"type": "subscription_details", "subscription_details": {
            "subscription": made["subscription"], "subscription_item": details["subscription_item"],
        }},
    )  # fmt: skip


def line_from(state: State, item: Thing) -> Thing:
    """An invoice item as a line of the invoice that takes it up."""
    of = (item["parent"] or {}).get("subscription_details") or {}
    parent = {
        "invoice_item": item["id"], "proration": item["proration"], "proration_details": None,
        "subscription": of.get("subscription"),
    }  # fmt: skip
    made = state.make(
        "line_item", "il", amount=item["amount"], subtotal=item["amount"],
        currency=item["currency"], description=item["description"], quantity=item["quantity"],
        quantity_decimal=item["quantity_decimal"], metadata=dict(item["metadata"]),
        period=item["period"], pricing=item["pricing"], subscription=of.get("subscription"),
        parent={"type": "invoice_item_details", "invoice_item_details": parent,
                "subscription_item_details": None},
    )  # fmt: skip
    del state.things["line_item"][made["id"]]
    return made | {"discount_amounts": [], "pretax_credit_amounts": [], "taxes": []}


def pricing(price: Thing) -> Thing:
    """What a line says of its price."""
    details = {"price": price["id"], "product": price["product"]}
    return {
        "type": "price_details", "price_details": details,
        "unit_amount_decimal": price["unit_amount_decimal"],
    }  # fmt: skip


def name_of(state: State, price: Thing) -> str:
    """The name of what a price sells."""
    return str(state.get("product", price["product"])["name"])
