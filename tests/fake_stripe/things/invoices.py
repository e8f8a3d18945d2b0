"""The calls about invoices: make, finalize, pay, void, write off; their lines and payments."""

from typing import Any

from stripe.params import (
    InvoiceCreateParams,
    InvoiceDeleteParams,
    InvoiceFinalizeInvoiceParams,
    InvoiceLineItemListParams,
    InvoiceListParams,
    InvoiceMarkUncollectibleParams,
    InvoicePaymentListParams,
    InvoicePaymentRetrieveParams,
    InvoicePayParams,
    InvoiceRetrieveParams,
    InvoiceUpdateParams,
    InvoiceVoidInvoiceParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.expand import SHOWN_WHEN_ASKED
from tests.fake_stripe.ground.fields import a_list, put
from tests.fake_stripe.ground.lists import listing, matching, page
from tests.fake_stripe.ground.problems import CardRefused, Malformed, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, collecting, invoicing
from tests.fake_stripe.wire.routing import PAGING, play

FIELDS = ("auto_advance", "description", "footer")


@play(
    "POST", "/v1/invoices", InvoiceCreateParams,
    "auto_advance collection_method currency customer description footer metadata "
    "pending_invoice_items_behavior",
)  # fmt: skip
def create(state: State, params: Thing) -> Thing:
    if "customer" not in params:
        raise Malformed("Missing required param: customer.", param="customer", code="parameter_missing")  # fmt: skip
    state.get("customer", params["customer"], "customer")
    takes = params.get("pending_invoice_items_behavior", "exclude") == "include"
    reason = "automatic_pending_invoice_item_invoice" if takes else "manual"
    invoice = invoicing.draft(state, params["customer"], [], reason, auto_advance=False)
    invoice["billing_reason"] = "manual"
    put(invoice, params, *FIELDS, "currency")
    return invoice


@play("GET", "/v1/invoices/{}", InvoiceRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("invoice", identifier)


@play(
    "GET", "/v1/invoices", InvoiceListParams,
    PAGING + " collection_method customer status subscription",
)  # fmt: skip
def listed(state: State, params: Thing) -> Thing:
    same, wanted = (
        matching(params, "customer", "status", "collection_method"),
        params.get("subscription"),
    )
    return listing(
        state, params, "/v1/invoices", state.all("invoice"),
        lambda invoice: same(invoice) and (wanted is None or _is_of(invoice, wanted)),
    )  # fmt: skip


@play("POST", "/v1/invoices/{}", InvoiceUpdateParams, "auto_advance description footer metadata")
def update(state: State, params: Thing, identifier: str) -> Thing:
    invoice = state.get("invoice", identifier)
    with changing(state, "invoice.updated", invoice):
        put(invoice, params, *FIELDS)
    return invoice


@play("DELETE", "/v1/invoices/{}", InvoiceDeleteParams)
def delete(state: State, _params: Thing, identifier: str) -> Thing:
    invoice = _in(state, identifier, {"draft"}, "deleted")
    del state.things["invoice"][identifier]
    tell(state, "invoice.deleted", invoice)
    return {"id": identifier, "object": "invoice", "deleted": True}


@play("POST", "/v1/invoices/{}/finalize", InvoiceFinalizeInvoiceParams, "auto_advance")
def finalize(state: State, _params: Thing, identifier: str) -> Thing:
    invoice = _in(state, identifier, {"draft"}, "finalized")
    invoicing.finalize(state, invoice)
    if invoice["amount_due"] == 0:
        collecting.settle(state, invoice)
    return invoice


@play(
    "POST", "/v1/invoices/{}/pay", InvoicePayParams, "off_session paid_out_of_band payment_method"
)
def pay(state: State, params: Thing, identifier: str) -> Thing:
    invoice = _in(state, identifier, {"draft", "open", "uncollectible"}, "paid")
    if invoice["status"] == "draft":
        invoicing.finalize(state, invoice)
    if params.get("paid_out_of_band"):
        collecting.settle(state, invoice, elsewhere=True)
        return invoice
    card = _card(state, invoice, params)
    if not collecting.collect(state, invoice, card, by_itself=False):
        facts = collecting.intent_of(state, invoice)["last_payment_error"]
        raise CardRefused(**facts)
    return invoice


@play("POST", "/v1/invoices/{}/void", InvoiceVoidInvoiceParams)
def void(state: State, _params: Thing, identifier: str) -> Thing:
    invoice = _in(state, identifier, {"open", "uncollectible"}, "voided")
    collecting.void(state, invoice)
    return invoice


@play("POST", "/v1/invoices/{}/mark_uncollectible", InvoiceMarkUncollectibleParams)
def mark_uncollectible(state: State, _params: Thing, identifier: str) -> Thing:
    invoice = _in(state, identifier, {"open"}, "marked uncollectible")
    collecting.void(state, invoice, "uncollectible")
    return invoice


@play("GET", "/v1/invoices/{}/lines", InvoiceLineItemListParams, PAGING.replace("created", ""))
def lines(state: State, params: Thing, identifier: str) -> Thing:
    invoice = state.get("invoice", identifier)
    return page(params, f"/v1/invoices/{identifier}/lines", invoice["lines"]["data"])


@play("GET", "/v1/invoice_payments/{}", InvoicePaymentRetrieveParams)
def retrieve_payment(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("invoice_payment", identifier)


@play("GET", "/v1/invoice_payments", InvoicePaymentListParams, PAGING + " invoice payment status")
def list_payments(state: State, params: Thing) -> Thing:
    """How a charge is traced to its invoice since charges stopped naming it."""
    intent = params.get("payment", {}).get("payment_intent")
    same = matching(params, "invoice", "status")
    return listing(
        state, params, "/v1/invoice_payments", state.all("invoice_payment"),
        lambda each: same(each) and intent in {None, each["payment"]["payment_intent"]},
    )  # fmt: skip


def _in(state: State, identifier: str, statuses: set[str], word: str) -> Thing:
    invoice = state.get("invoice", identifier)
    if invoice["status"] == "paid" and word == "paid":
        raise Problem("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] not in statuses:
        raise Problem(
            f"This invoice is {invoice['status']} and can't be {word}.",
            code="invoice_not_editable" if "draft" in statuses else None,
        )
    return invoice


def _card(state: State, invoice: Thing, params: Thing) -> str:
    if token := params.get("payment_method"):
        return str(cards.attach_to(state, token, invoice["customer"])["id"])
    card = cards.default_of(state, invoice["customer"], collecting.subscription_of(state, invoice))
    if not card and invoice["amount_due"]:
        raise Problem(
            "There is no default payment method set on this Customer or Invoice. Please set a "
            "default payment method."
        )
    return card


def _is_of(invoice: Thing, subscription: str) -> bool:
    details = (invoice["parent"] or {}).get("subscription_details")
    return bool(details and details["subscription"] == subscription)


def _payments(state: State, invoice: Thing) -> Any:
    found = state.all("invoice_payment", invoice=invoice["id"])
    return a_list(f"/v1/invoice_payments?invoice={invoice['id']}", found)


def _secret(state: State, invoice: Thing) -> Any:
    if invoice["status"] != "open":
        return None
    intent = collecting.intent_of(state, invoice)
    return {"client_secret": intent["client_secret"], "type": "payment_intent"}


SHOWN_WHEN_ASKED["invoice", "payments"] = _payments
SHOWN_WHEN_ASKED["invoice", "confirmation_secret"] = _secret
