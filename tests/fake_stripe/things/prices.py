"""Prices: one-off, recurring, or recurring by a meter's count; their amounts never change."""

from decimal import Decimal

from stripe.params import (
    PriceCreateParams,
    PriceListParams,
    PriceRetrieveParams,
    PriceUpdateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import products
from tests.fake_stripe.wire.routing import PAGING, play


@play(
    "POST", "/v1/prices", PriceCreateParams,
    "active billing_scheme currency lookup_key metadata nickname product product_data recurring "
    "tax_behavior transfer_lookup_key unit_amount unit_amount_decimal",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    product = _product(state, params)
    recurring = _recurring(state, params["recurring"]) if "recurring" in params else None
    price = state.make(
        "price", "price", active=True, billing_scheme="per_unit", currency=params["currency"],
        product=product, metadata={}, recurring=recurring, tax_behavior="unspecified",
        type="recurring" if recurring else "one_time", **_amount(params),
    )  # fmt: skip
    put(price, params, "active", "nickname", "tax_behavior")
    _name(state, price, params)
    tell(state, "price.created", price)
    return price


@play("GET", "/v1/prices/{}", PriceRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("price", identifier)


@play(
    "POST", "/v1/prices/{}", PriceUpdateParams,
    "active lookup_key metadata nickname tax_behavior transfer_lookup_key",
)  # fmt: skip
def update(state: State, params: Thing, identifier: str) -> Thing:
    price = state.get("price", identifier)
    with changing(state, "price.updated", price):
        put(price, params, "active", "nickname", "tax_behavior")
        _name(state, price, params)
    return price


@play(
    "GET", "/v1/prices", PriceListParams,
    PAGING + " active currency lookup_keys product recurring type",
)  # fmt: skip
def listed(state: State, params: Thing) -> Thing:
    keys, cycle = params.get("lookup_keys"), params.get("recurring", {})
    same = matching(params, "active", "currency", "product", "type")

    def keep(price: Thing) -> bool:
        named = keys is None or price["lookup_key"] in keys
        return same(price) and named and matching(cycle, *cycle)(price["recurring"] or {})

    return listing(state, params, "/v1/prices", state.all("price"), keep)


def in_use(state: State, identifier: str, param: str) -> Thing:
    """A price that may still be sold."""
    price = state.get("price", identifier, param)
    if not price["active"]:
        raise Malformed(
            f"The price specified is inactive. This field only accepts active prices: {identifier}",
            param=param,
        )
    return price


def _product(state: State, params: Thing) -> str:
    if ("product" in params) == ("product_data" in params):
        raise Malformed(
            "You must specify either `product` or `product_data` when creating a price.",
            param="product",
        )
    if "product" in params:
        return str(state.get("product", params["product"], "product")["id"])
    return str(products.create(state, params["product_data"])["id"])


def _amount(params: Thing) -> Thing:
    whole, exact = params.get("unit_amount"), params.get("unit_amount_decimal")
    if (whole is None) == (exact is None):
        raise Malformed(
            "You must specify exactly one of `unit_amount` and `unit_amount_decimal`.",
            param="unit_amount",
        )
    amount = Decimal(whole) if exact is None else Decimal(exact)
    if amount < 0 or -Decimal(amount).as_tuple().exponent > 12:  # type: ignore[operator]
        raise Malformed("Invalid amount: at most 12 decimal places.", param="unit_amount_decimal")
    is_whole = amount == amount.to_integral_value()
    return {"unit_amount": int(amount) if is_whole else None, "unit_amount_decimal": f"{amount:f}"}


def _recurring(state: State, given: Thing) -> Thing:
    usage, meter = given.get("usage_type", "licensed"), given.get("meter")
    if usage == "metered" and not meter:
        raise Malformed(
            "Price with usage_type=metered must have a meter.", param="recurring[meter]",
            code="parameter_missing",
        )  # fmt: skip
    if meter:
        if usage != "metered":
            raise Malformed("A meter needs usage_type=metered.", param="recurring[usage_type]")
        if state.get("billing.meter", meter, "recurring[meter]")["status"] != "active":
            raise Malformed(f"The meter {meter} is not active.", param="recurring[meter]")
    return {
        "interval": given["interval"], "interval_count": given.get("interval_count", 1),
        "meter": meter, "trial_period_days": None, "usage_type": usage,
    }  # fmt: skip


def _name(state: State, price: Thing, params: Thing) -> None:
    if "lookup_key" not in params:
        return
    key = params["lookup_key"] or None
    for other in state.all("price", lookup_key=key) if key else ():
        if other is price:
            continue
        if not params.get("transfer_lookup_key"):
            del state.things["price"][price["id"]]
            raise Malformed(
                f"A price (`{other['id']}`) already uses that lookup key.", param="lookup_key"
            )
        other["lookup_key"] = None
    price["lookup_key"] = key
