"""Taking the money of an open invoice, and trying again where a card was declined."""

from collections.abc import Callable

from tests.fake_stripe.ground.clock import DAY, plan, when_due
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.problems import Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import cards, invoicing, payments

# What a subscription does when its invoice is paid, fails, or fails for the last time.
WHEN_PAID: list[Callable[[State, Thing], None]] = []
WHEN_FAILED: list[Callable[[State, Thing], None]] = []
WHEN_GIVEN_UP: list[Callable[[State, Thing], None]] = []


def collect(state: State, invoice: Thing, card: str = "", *, by_itself: bool = True) -> bool:
    """Try to get an open invoice paid; whether it is."""
    if invoice["amount_due"] == 0:
        settle(state, invoice)
        return True
    card = card or cards.default_of(state, invoice["customer"], subscription_of(state, invoice))
    paid = bool(card) and payments.attempt(state, intent_of(state, invoice), card)
    if paid:
        settle(state, invoice)
    else:
        failed(state, invoice, by_itself=by_itself)
    return paid


def settle(state: State, invoice: Thing, *, elsewhere: bool = False) -> None:
    """The invoice is paid, by its intent, by nothing due, or outside Stripe."""
    due = invoice["amount_due"]
    invoice |= {
        "status": "paid", "attempted": True, "amount_paid": due, "amount_remaining": 0,
        "attempt_count": invoice["attempt_count"] + bool(due), "next_payment_attempt": None,
        "auto_advance": False,
    }  # fmt: skip
    invoice["status_transitions"]["paid_at"] = state.now
    for payment in state.all("invoice_payment", invoice=invoice["id"], status="open"):
        _close_payment(state, payment, elsewhere=elsewhere)
    holder = state.get("customer", invoice["customer"])
    holder["delinquent"] = False
    holder["currency"] = holder["currency"] or invoice["currency"]
    tell(state, "invoice.paid", invoice)
    tell(state, "invoice.payment_succeeded", invoice)
    for follow in WHEN_PAID:
        follow(state, invoice)


def void(state: State, invoice: Thing, status: str = "void") -> None:
    """Nobody will pay this: `void`, or written off as `uncollectible`."""
    word = {"void": "voided", "uncollectible": "marked_uncollectible"}[status]
    invoice |= {"status": status, "next_payment_attempt": None, "auto_advance": False}
    invoice["status_transitions"][f"{word}_at"] = state.now
    if status == "void":
        invoice["amount_remaining"] = 0
        for payment in state.all("invoice_payment", invoice=invoice["id"], status="open"):
            _close_payment(state, payment, elsewhere=True)
    tell(state, f"invoice.{word}", invoice)


def intent_of(state: State, invoice: Thing) -> Thing:
    """The payment intent of an invoice; there is one once something is due."""
    for payment in state.all("invoice_payment", invoice=invoice["id"]):
        return state.get("payment_intent", payment["payment"]["payment_intent"])
    raise Problem(f"Invoice {invoice['id']} has no payment.")


def subscription_of(state: State, invoice: Thing) -> Thing | None:
    """The subscription an invoice is for, if any."""
    details = (invoice["parent"] or {}).get("subscription_details")
    return state.things["subscription"].get(details["subscription"]) if details else None


@when_due("finalize")
def finalize_due(state: State, identifier: str) -> None:
    """A draft's hour is over."""
    invoice = state.things["invoice"].get(identifier)
    if invoice and invoice["status"] == "draft" and invoice["auto_advance"]:
        invoicing.finalize(state, invoice)
        collect(state, invoice)


@when_due("retry")
def retry_due(state: State, identifier: str) -> None:
    """It is time to try a card again."""
    invoice = state.get("invoice", identifier)
    if invoice["status"] == "open" and invoice["next_payment_attempt"] == state.now:
        collect(state, invoice)


def failed(state: State, invoice: Thing, *, by_itself: bool = True) -> None:
    """A try failed: when the next one is, and what the subscription makes of it."""
    subscription = subscription_of(state, invoice)
    with changing(state, "invoice.updated", invoice):
        invoice |= {"attempted": True, "attempt_count": invoice["attempt_count"] + 1}
        waits = state.settings.retry_after_days
        tried = invoice["attempt_count"] - 1
        given_up = tried >= len(waits)
        retries = by_itself and subscription and subscription["status"] != "incomplete"
        if retries:
            at = None if given_up else state.now + waits[tried] * DAY
            invoice["next_payment_attempt"] = at
    if invoice["next_payment_attempt"] and retries:
        plan(state, invoice["next_payment_attempt"], "retry", invoice["id"])
    tell(state, "invoice.payment_failed", invoice)
    for follow in WHEN_FAILED if not (retries and given_up) else WHEN_GIVEN_UP:
        follow(state, invoice)


def _close_payment(state: State, payment: Thing, *, elsewhere: bool) -> None:
    intent = state.get("payment_intent", payment["payment"]["payment_intent"])
    if elsewhere and intent["status"] != "succeeded":
        intent |= {
            "status": "canceled",
            "canceled_at": state.now,
            "cancellation_reason": "void_invoice",
        }
        payment["status"] = "canceled"
        payment["status_transitions"]["canceled_at"] = state.now
        tell(state, "payment_intent.canceled", intent)
        return
    payment |= {"status": "paid", "amount_paid": payment["amount_requested"]}
    payment["status_transitions"]["paid_at"] = state.now
    tell(state, "invoice_payment.paid", payment)
