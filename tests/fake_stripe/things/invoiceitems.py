"""Invoice items: amounts that wait for a customer's next invoice, or join a draft."""

from stripe.params import (
    InvoiceItemCreateParams,
    InvoiceItemDeleteParams,
    InvoiceItemListParams,
    InvoiceItemRetrieveParams,
)

from tests.fake_stripe.ground.events import tell
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.money import cost
from tests.fake_stripe.ground.problems import Malformed, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import invoicing, prices
from tests.fake_stripe.things.lines import line_from, name_of, pricing
from tests.fake_stripe.wire.routing import PAGING, play


@play(
    "POST", "/v1/invoiceitems", InvoiceItemCreateParams,
    "amount currency customer description invoice metadata pricing quantity",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    state.get("customer", params.get("customer", ""), "customer")
    invoice = state.get("invoice", params["invoice"], "invoice") if "invoice" in params else None
    if invoice and invoice["status"] != "draft":
        raise Problem("You can only add items to a draft invoice.", code="invoice_not_editable")
    item = state.make(
        "invoiceitem", "ii", customer=params["customer"], date=state.now, discounts=[],
        metadata=params.get("metadata") or {}, period={"start": state.now, "end": state.now},
        proration=False, tax_rates=[], **_amount(state, params),
    )  # fmt: skip
    tell(state, "invoiceitem.created", item)
    if invoice:
        item["invoice"] = invoice["id"]
        invoicing.relist(state, invoice, [*invoice["lines"]["data"], line_from(state, item)])
    return item


@play("GET", "/v1/invoiceitems/{}", InvoiceItemRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("invoiceitem", identifier)


@play("GET", "/v1/invoiceitems", InvoiceItemListParams, PAGING + " customer invoice pending")
def listed(state: State, params: Thing) -> Thing:
    same, pending = matching(params, "customer", "invoice"), params.get("pending")
    return listing(
        state, params, "/v1/invoiceitems", state.all("invoiceitem"),
        lambda item: same(item) and pending in {None, item["invoice"] is None},
    )  # fmt: skip


@play("DELETE", "/v1/invoiceitems/{}", InvoiceItemDeleteParams)
def delete(state: State, _params: Thing, identifier: str) -> Thing:
    item = state.get("invoiceitem", identifier)
    if item["invoice"]:
        raise Problem("This invoice item is attached to an invoice.", code="invoice_not_editable")
    del state.things["invoiceitem"][identifier]
    tell(state, "invoiceitem.deleted", item)
    return {"id": identifier, "object": "invoiceitem", "deleted": True}


def _amount(state: State, params: Thing) -> Thing:
    quantity = params.get("quantity", 1)
    facts = {"quantity": quantity, "quantity_decimal": str(quantity), "discountable": True}
    if "pricing" in params:
        price = prices.in_use(state, params["pricing"]["price"], "pricing[price]")
        amount = cost(price, quantity)
        facts |= {"currency": price["currency"], "pricing": pricing(price)}
        facts["description"] = params.get("description") or name_of(state, price)
    else:
        if "amount" not in params or "currency" not in params:
            raise Malformed(
                "Either `amount` and `currency` or `pricing` is needed.", param="amount"
            )
        amount = params["amount"]
        facts |= {"currency": params["currency"], "description": params.get("description")}
    return {**facts, "amount": amount, "net_amount": amount}
