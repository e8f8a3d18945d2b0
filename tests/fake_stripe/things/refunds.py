"""Refunds: whole or in part, never more than was paid, never of what is disputed."""

from stripe.params import (
    RefundCreateParams,
    RefundListParams,
    RefundRetrieveParams,
    RefundUpdateParams,
)

from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.expand import SHOWN_WHEN_ASKED
from tests.fake_stripe.ground.fields import a_list, put
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.money import in_dollars
from tests.fake_stripe.ground.problems import Malformed, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play


@play("POST", "/v1/refunds", RefundCreateParams, "amount charge metadata payment_intent reason")
def create(state: State, params: Thing) -> Thing:
    return refund(state, _charge_of(state, params), params)


def refund(state: State, charge: Thing, params: Thing) -> Thing:
    """Give back what is left of a charge, or a part of it."""
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    taken = [each for each in state.all("dispute", charge=charge["id"]) if each["status"] != "won"]
    _check(charge, amount, left, disputed=bool(taken))
    made = state.make(
        "refund", "re", amount=amount, charge=charge["id"], currency=charge["currency"],
        customer=charge["customer"], metadata=params.get("metadata") or {}, status="succeeded",
        payment_intent=charge["payment_intent"], payment_method=charge["payment_method"],
        reason=params.get("reason"),
    )  # fmt: skip
    made["destination_details"] = {"type": "card", "card": {"reference": None, "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"}}  # fmt: skip
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    changed = {name: value for name, value in before.items() if charge[name] != value}
    tell(state, "refund.created", made)
    tell(state, "charge.refunded", charge, changed)
    return made


@play("GET", "/v1/refunds/{}", RefundRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("refund", identifier)


@play("POST", "/v1/refunds/{}", RefundUpdateParams, "metadata")
def update(state: State, params: Thing, identifier: str) -> Thing:
    found = state.get("refund", identifier)
    with changing(state, "refund.updated", found):
        put(found, params)
    return found


@play("GET", "/v1/refunds", RefundListParams, PAGING + " charge payment_intent")
def listed(state: State, params: Thing) -> Thing:
    keep = matching(params, "charge", "payment_intent")
    return listing(state, params, "/v1/refunds", state.all("refund"), keep)


def _charge_of(state: State, params: Thing) -> Thing:
    if "charge" in params:
        return state.get("charge", params["charge"], "charge")
    if "payment_intent" not in params:
        raise Malformed("One of the following params should be provided for this request: payment_intent or charge.")  # fmt: skip
    intent = state.get("payment_intent", params["payment_intent"], "payment_intent")
    if intent["status"] != "succeeded":
        raise Problem(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return state.get("charge", intent["latest_charge"])


def _check(charge: Thing, amount: int, left: int, *, disputed: bool) -> None:
    if disputed:
        raise Problem(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed", param="charge",
        )  # fmt: skip
    if left == 0 or not charge["paid"]:
        raise Problem(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if amount > left:
        raise Problem(
            f"Refund amount ({in_dollars(amount)}) is greater than unrefunded amount on charge "
            f"({in_dollars(left)})", param="amount",
        )  # fmt: skip
    if amount < 1:
        raise Malformed(
            "Invalid positive integer", param="amount", code="parameter_invalid_integer"
        )


SHOWN_WHEN_ASKED["charge", "refunds"] = lambda state, charge: a_list(
    f"/v1/charges/{charge['id']}/refunds", state.all("refund", charge=charge["id"])[::-1]
)
