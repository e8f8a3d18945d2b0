"""Payment intents and charges: an amount, a card, and whether it paid."""

from stripe import Charge
from stripe.params import (
    ChargeListParams,
    ChargeRetrieveParams,
    ChargeUpdateParams,
    PaymentIntentListParams,
    PaymentIntentRetrieveParams,
    PaymentIntentUpdateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import CardRefused
from tests.fake_stripe.ground.shapes import blank_of
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards
from tests.fake_stripe.wire.routing import PAGING, play

SENTENCES = {
    "generic_decline": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
}


def intend(
    state: State, amount: int, currency: str, customer: str | None, **facts: object
) -> Thing:
    """An intent to take an amount; nothing is taken yet."""
    intent = state.make(
        "payment_intent", "pi", amount=amount, currency=currency, customer=customer,
        capture_method="automatic", confirmation_method="automatic", payment_method_types=["card"],
        status="requires_payment_method", **{"metadata": {}, **facts},
    )  # fmt: skip
    intent["client_secret"] = f"{intent['id']}_secret_{intent['id'][-8:]}"
    tell(state, "payment_intent.created", intent)
    return intent


def attempt(state: State, intent: Thing, card: str) -> bool:
    """Try a card; a charge stands for the try, whichever way it went."""
    code = cards.declines(state, card, intent["customer"])
    charge = _charge(state, intent, card, code)
    intent |= {"latest_charge": charge["id"], "payment_method": None if code else card}
    if code:
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = refusal(state, card, code, charge["id"]).facts | {
            "payment_method": state.get("payment_method", card)
        }
        tell(state, "charge.failed", charge)
        tell(state, "payment_intent.payment_failed", intent)
        return False
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "last_payment_error": None,
    }
    tell(state, "charge.succeeded", charge)
    tell(state, "payment_intent.succeeded", intent)
    return True


def begin_slow(state: State, intent: Thing, card: str) -> None:
    """A payment that takes days, as a bank debit does."""
    intent |= {
        "status": "processing",
        "payment_method": card,
        "payment_method_types": ["us_bank_account"],
    }
    tell(state, "payment_intent.processing", intent)


def refusal(state: State, card: str, code: str, charge: str | None = None) -> CardRefused:
    """The error of a declined card."""
    outer = code if code == "expired_card" else "card_declined"
    return CardRefused(
        SENTENCES.get(code, "Your card was declined."), code=outer, decline_code=code, charge=charge
    )


@play("GET", "/v1/payment_intents/{}", PaymentIntentRetrieveParams)
def retrieve_intent(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("payment_intent", identifier)


@play("POST", "/v1/payment_intents/{}", PaymentIntentUpdateParams, "metadata description")
def update_intent(state: State, params: Thing, identifier: str) -> Thing:
    intent = state.get("payment_intent", identifier)
    put(intent, params, "description")
    return intent


@play("GET", "/v1/payment_intents", PaymentIntentListParams, PAGING + " customer")
def list_intents(state: State, params: Thing) -> Thing:
    keep = matching(params, "customer")
    return listing(state, params, "/v1/payment_intents", state.all("payment_intent"), keep)


@play("GET", "/v1/charges/{}", ChargeRetrieveParams)
def retrieve_charge(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("charge", identifier)


@play("POST", "/v1/charges/{}", ChargeUpdateParams, "metadata description")
def update_charge(state: State, params: Thing, identifier: str) -> Thing:
    charge = state.get("charge", identifier)
    with changing(state, "charge.updated", charge):
        put(charge, params, "description")
    return charge


@play("GET", "/v1/charges", ChargeListParams, PAGING + " customer payment_intent")
def list_charges(state: State, params: Thing) -> Thing:
    keep = matching(params, "customer", "payment_intent")
    return listing(state, params, "/v1/charges", state.all("charge"), keep)


def _charge(state: State, intent: Thing, card: str, code: str) -> Thing:
    amount = intent["amount"]
    charge = state.make(
        "charge", "ch", amount=amount, amount_captured=0 if code else amount, captured=not code,
        currency=intent["currency"], customer=intent["customer"], paid=not code,
        payment_intent=intent["id"], payment_method=card, status="failed" if code else "succeeded",
        description=intent["description"], metadata=dict(intent["metadata"]),
    )  # fmt: skip
    charge["billing_details"] = dict.fromkeys(("address", "email", "name", "phone", "tax_id"))
    charge["payment_method_details"] = {"type": "card", "card": _face(state, card)}
    charge["receipt_url"] = f"{state.base}/receipts/{charge['id']}"
    charge["outcome"] = _outcome(code)
    if code:
        refused = refusal(state, card, code)
        charge |= {"failure_code": refused.facts["code"], "failure_message": str(refused)}
    return charge


def _face(state: State, card: str) -> Thing:
    """What a charge shows of its card."""
    face = state.get("payment_method", card)["card"]
    shown = blank_of(Charge.PaymentMethodDetails.Card)
    return {
        **shown,
        **{name: face[name] for name in face.keys() & shown.keys()},
        "network": face["brand"],
    }


def _outcome(code: str) -> Thing:
    return {
        "advice_code": None, "network_advice_code": None, "network_decline_code": None,
        "network_status": "declined_by_network" if code else "approved_by_network",
        "reason": code or None, "risk_level": "normal", "risk_score": 10, "rule": None,
        "seller_message": SENTENCES.get(code) if code else "Payment complete.",
        "type": "issuer_declined" if code else "authorized",
    }  # fmt: skip
