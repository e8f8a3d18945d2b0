"""Customers: made, changed, listed, deleted with what they subscribe to."""

from stripe.params import (
    CustomerCreateParams,
    CustomerDeleteParams,
    CustomerListParams,
    CustomerRetrieveParams,
    CustomerUpdateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.expand import SHOWN_WHEN_ASKED
from tests.fake_stripe.ground.fields import a_list, put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Malformed
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, ending
from tests.fake_stripe.wire.routing import PAGING, play

FIELDS = ("address", "business_name", "description", "email", "individual_name", "name", "phone",
          "preferred_locales", "shipping", "tax_exempt")  # fmt: skip
ACTS_ON = " ".join(FIELDS) + " metadata balance invoice_settings payment_method"


@play("POST", "/v1/customers", CustomerCreateParams, ACTS_ON)
def create(state: State, params: Thing) -> Thing:
    _check_email(params)
    customer = state.make(
        "customer", "cus", balance=params.get("balance", 0), delinquent=False, metadata={},
        invoice_settings=_settings({}), tax_exempt="none", preferred_locales=[],
        next_invoice_sequence=1, currency=None,
    )  # fmt: skip
    customer["invoice_prefix"] = customer["id"][-8:].upper()
    put(customer, params, *FIELDS)
    _settle(state, customer, params)
    tell(state, "customer.created", customer)
    return customer


@play("GET", "/v1/customers/{}", CustomerRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    if state.notes[identifier].get("deleted"):
        return {"id": identifier, "object": "customer", "deleted": True}
    return state.get("customer", identifier)


@play("POST", "/v1/customers/{}", CustomerUpdateParams, ACTS_ON.replace("payment_method", ""))
def update(state: State, params: Thing, identifier: str) -> Thing:
    _check_email(params)
    customer = state.get("customer", identifier)
    with changing(state, "customer.updated", customer):
        put(customer, params, *FIELDS, "balance")
        _settle(state, customer, params)
    return customer


@play("GET", "/v1/customers", CustomerListParams, PAGING + " email")
def listed(state: State, params: Thing) -> Thing:
    return listing(state, params, "/v1/customers", state.all("customer"), matching(params, "email"))


@play("DELETE", "/v1/customers/{}", CustomerDeleteParams)
def delete(state: State, _params: Thing, identifier: str) -> Thing:
    customer = state.get("customer", identifier)
    for subscription in state.all("subscription", customer=identifier):
        if subscription["status"] not in ending.OVER:
            ending.end(state, subscription)
    del state.things["customer"][identifier]
    state.notes[identifier]["deleted"] = True
    tell(state, "customer.deleted", customer)
    return {"id": identifier, "object": "customer", "deleted": True}


def _settle(state: State, customer: Thing, params: Thing) -> None:
    if token := params.get("payment_method"):
        card = cards.attach_to(state, token, customer["id"])
        params.setdefault("invoice_settings", {}).setdefault("default_payment_method", card["id"])
    if given := params.get("invoice_settings"):
        if card_id := given.get("default_payment_method"):
            card = state.get("payment_method", card_id, "invoice_settings[default_payment_method]")
            if card["customer"] != customer["id"]:
                raise Malformed(
                    f"The customer does not have a payment method with the ID {card_id}. The payment "
                    "method must be attached to the customer.", code="resource_missing",
                    param="invoice_settings[default_payment_method]",
                )  # fmt: skip
        customer["invoice_settings"] = {**customer["invoice_settings"], **_cleared(given)}


def _settings(given: Thing) -> Thing:
    return {"custom_fields": None, "default_payment_method": None, "footer": None,
            "rendering_options": None, **given}  # fmt: skip


def _cleared(given: Thing) -> Thing:
    return {name: value if value != "" else None for name, value in given.items()}


def _check_email(params: Thing) -> None:
    email = params.get("email")
    if email and ("@" not in email or " " in email):
        raise Malformed(f"Invalid email address: {email}", param="email", code="email_invalid")


def _subscriptions(state: State, customer: Thing) -> Thing:
    held = [
        each
        for each in state.all("subscription", customer=customer["id"])
        if each["status"] not in ending.OVER
    ]
    return a_list(f"/v1/customers/{customer['id']}/subscriptions", held[::-1])


SHOWN_WHEN_ASKED["customer", "subscriptions"] = _subscriptions
SHOWN_WHEN_ASKED["customer", "tax_ids"] = lambda _state, customer: a_list(
    f"/v1/customers/{customer['id']}/tax_ids", []
)
