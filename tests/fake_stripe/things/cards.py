"""Payment methods: Stripe's test cards, which pay, are declined or want the customer present."""

from stripe.params import (
    CustomerListPaymentMethodsParams,
    PaymentMethodAttachParams,
    PaymentMethodDetachParams,
    PaymentMethodListParams,
    PaymentMethodRetrieveParams,
)

from tests.fake_stripe.ground.events import tell
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

# The token, its brand and last digits, the code it is declined with. docs.stripe.com/testing
TEST_CARDS = {
    "pm_card_visa": ("visa", "4242", ""),
    "pm_card_mastercard": ("mastercard", "4444", ""),
    "pm_card_chargeDeclined": ("visa", "0002", "generic_decline"),
    "pm_card_visa_chargeDeclined": ("visa", "0002", "generic_decline"),
    "pm_card_chargeCustomerFail": ("visa", "0341", "generic_decline"),
    "pm_card_chargeDeclinedInsufficientFunds": ("visa", "9995", "insufficient_funds"),
    "pm_card_chargeDeclinedExpiredCard": ("visa", "0069", "expired_card"),
}


def attach_to(state: State, token: str, customer: str) -> Thing:
    """A test card's token becomes a card of the customer; a card of another's is refused."""
    if token in TEST_CARDS:
        card = made(state, token)
    else:
        card = state.get("payment_method", token, "payment_method")
    if card["customer"] not in {None, customer}:
        raise Malformed("The payment method you provided has already been attached to a customer.")
    if card["customer"] is None:
        card["customer"] = customer
        tell(state, "payment_method.attached", card)
    return card


def declines(state: State, card: str, customer: str | None) -> str:
    """The code a card is declined with, empty when it pays."""
    return state.declining.get(customer or "", "") or state.notes[card].get("declines", "")


def default_of(state: State, customer: str | None, subscription: Thing | None = None) -> str:
    """The card that pays by itself: the subscription's, else the customer's; empty if none."""
    if subscription and subscription["default_payment_method"]:
        return str(subscription["default_payment_method"])
    holder = state.things["customer"].get(customer or "", {})
    return str(holder.get("invoice_settings", {}).get("default_payment_method") or "")


@play("GET", "/v1/payment_methods/{}", PaymentMethodRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("payment_method", identifier)


@play("GET", "/v1/payment_methods", PaymentMethodListParams, PAGING + " customer type")
def listed(state: State, params: Thing) -> Thing:
    keep = matching(params, "customer", "type")
    return listing(state, params, "/v1/payment_methods", state.all("payment_method"), keep)


@play("GET", "/v1/customers/{}/payment_methods", CustomerListPaymentMethodsParams, PAGING + " type")
def of_customer(state: State, params: Thing, customer: str) -> Thing:
    state.get("customer", customer)
    found = state.all("payment_method", customer=customer)
    url = f"/v1/customers/{customer}/payment_methods"
    return listing(state, params, url, found, matching(params, "type"))


@play("POST", "/v1/payment_methods/{}/attach", PaymentMethodAttachParams, "customer")
def attach(state: State, params: Thing, token: str) -> Thing:
    state.get("customer", params["customer"], "customer")
    return attach_to(state, token, params["customer"])


@play("POST", "/v1/payment_methods/{}/detach", PaymentMethodDetachParams)
def detach(state: State, _params: Thing, identifier: str) -> Thing:
    card = state.get("payment_method", identifier)
    was = card["customer"]
    if was is None:
        raise Malformed("The payment method you provided is not attached to a customer.")
    card["customer"] = None
    holder = state.things["customer"].get(was)
    if holder and holder["invoice_settings"]["default_payment_method"] == identifier:
        holder["invoice_settings"]["default_payment_method"] = None
    tell(state, "payment_method.detached", card, {"customer": was})
    return card


def made(state: State, token: str) -> Thing:
    """A new card from a test card's token."""
    brand, last4, code = TEST_CARDS[token]
    card = state.make("payment_method", "pm", type="card", metadata={}, card=_face(brand, last4))
    card["billing_details"] = dict.fromkeys(("address", "email", "name", "phone", "tax_id"))
    card["allow_redisplay"] = "unspecified"
    if code:
        state.notes[card["id"]]["declines"] = code
    return card


def _face(brand: str, last4: str) -> Thing:
    return {
        "brand": brand, "checks": None, "country": "US", "description": None,
        "display_brand": brand, "exp_month": 12, "exp_year": 2034, "fingerprint": f"fp{last4}",
        "funding": "credit", "generated_from": None, "iin": None, "issuer": None, "last4": last4,
        "networks": {"available": [brand], "preferred": None}, "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True}, "wallet": None,
    }  # fmt: skip
