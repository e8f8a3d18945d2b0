"""Disputes: a bank takes a payment back, and in the end keeps it or returns it."""

from stripe.params import DisputeCloseParams, DisputeListParams, DisputeRetrieveParams

from tests.fake_stripe.ground.clock import DAY
from tests.fake_stripe.ground.events import tell
from tests.fake_stripe.ground.lists import listing, matching
from tests.fake_stripe.ground.problems import Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.wire.routing import PAGING, play

CLOSED = {"won", "lost", "warning_closed", "prevented"}


def open_on(state: State, charge: Thing, amount: int | None = None, reason: str = "") -> Thing:
    """A customer's bank disputes a charge; the money goes at once."""
    if charge["disputed"] or not charge["paid"]:
        raise Problem(f"Charge {charge['id']} cannot be disputed.")
    dispute = state.make(
        "dispute", "du", amount=amount or charge["amount"] - charge["amount_refunded"],
        charge=charge["id"], currency=charge["currency"], metadata={},
        payment_intent=charge["payment_intent"], reason=reason or "fraudulent",
        status="needs_response",
    )  # fmt: skip
    dispute["evidence_details"] |= {"due_by": state.now + 14 * DAY}
    charge["disputed"] = True
    tell(state, "charge.dispute.created", dispute)
    tell(state, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(state: State, dispute: Thing, outcome: str) -> Thing:
    """The bank decides: `won` returns the money, `lost` does not."""
    if dispute["status"] in CLOSED:
        raise Problem(f"This dispute is already closed: {dispute['status']}")
    before = {"status": dispute["status"]}
    dispute["status"] = outcome
    if outcome == "won":
        tell(state, "charge.dispute.funds_reinstated", dispute)
    tell(state, "charge.dispute.closed", dispute, before)
    return dispute


@play("GET", "/v1/disputes/{}", DisputeRetrieveParams)
def retrieve(state: State, _params: Thing, identifier: str) -> Thing:
    return state.get("dispute", identifier)


@play("GET", "/v1/disputes", DisputeListParams, PAGING + " charge payment_intent")
def listed(state: State, params: Thing) -> Thing:
    keep = matching(params, "charge", "payment_intent")
    return listing(state, params, "/v1/disputes", state.all("dispute"), keep)


@play("POST", "/v1/disputes/{}/close", DisputeCloseParams)
def accept(state: State, _params: Thing, identifier: str) -> Thing:
    """Giving in: the dispute is lost."""
    return close(state, state.get("dispute", identifier), "lost")
