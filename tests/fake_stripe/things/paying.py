"""What a customer does at Checkout's page: pays, is declined, pays by a slow way."""

from tests.fake_stripe.ground.events import tell
from tests.fake_stripe.ground.problems import CardRefused, Problem
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import (
    beginning,
    cards,
    collecting,
    customers,
    invoicing,
    payments,
)
from tests.fake_stripe.things.lines import line


def pay(state: State, session: Thing, token: str, email: str = "", *, slow: bool = False) -> Thing:
    """Pay what a session offers; a declined card leaves it open."""
    if session["status"] != "open":
        raise Problem(f"This Checkout Session is {session['status']}.")
    kinds = state.notes[session["id"]]["params"].get("allowed_payment_method_types", [])
    if slow and kinds == ["card"]:
        raise Problem("This Checkout Session takes cards alone.")
    customer = _customer(state, session, email)
    card = cards.attach_to(state, token, customer) if customer else cards.made(state, token)
    if not slow:
        _refuse_declined(state, session, customer, card["id"])
    if session["mode"] == "subscription":
        _subscribe(state, session, customer, card["id"], slow=slow)
    else:
        _buy(state, session, customer, card["id"], slow=slow)
    _complete(state, session, customer, email, slow=slow)
    return session


def settle(state: State, session: Thing, *, succeeds: bool) -> Thing:
    """The slow payment of a completed session arrives, or does not."""
    if session["status"] != "complete" or session["payment_status"] != "unpaid":
        raise Problem("Nothing is on its way for this Checkout Session.")
    intent = _intent(state, session)
    code = "" if succeeds else "generic_decline"
    customer, before = str(session["customer"]), state.declining.get(str(session["customer"]), "")
    state.declining[customer] = code
    invoice = state.things["invoice"].get(session["invoice"] or "")
    paid = payments.attempt(state, intent, intent["payment_method"])
    state.declining[customer] = before
    if invoice and paid:
        collecting.settle(state, invoice)
    elif invoice:
        collecting.failed(state, invoice)
    if succeeds:
        session["payment_status"] = "paid"
    word = "succeeded" if succeeds else "failed"
    tell(state, f"checkout.session.async_payment_{word}", session)
    return session


def _buy(state: State, session: Thing, customer: str | None, card: str, *, slow: bool) -> None:
    params = state.notes[session["id"]]["params"]
    if params.get("invoice_creation", {}).get("enabled"):
        invoice = _invoice(state, session, str(customer))
        intent = collecting.intent_of(state, invoice)
        intent |= _of_intent(params)
    else:
        invoice, intent = None, _tried(state, session, customer)
    session["payment_intent"] = intent["id"]
    if slow:
        payments.begin_slow(state, intent, card)
        return
    payments.attempt(state, intent, card)
    if invoice:
        collecting.settle(state, invoice)


def _tried(state: State, session: Thing, customer: str | None) -> Thing:
    """The one intent of all tries at a session."""
    note = state.notes[session["id"]]
    if "intent" not in note:
        amount, currency = session["amount_total"], session["currency"]
        made = payments.intend(state, amount, currency, customer, **_of_intent(note["params"]))
        note["intent"] = made["id"]
    return state.get("payment_intent", note["intent"])


def _of_intent(params: Thing) -> Thing:
    data = params.get("payment_intent_data", {})
    return {
        name: data[name] for name in ("description", "metadata", "receipt_email") if name in data
    }


def _refuse_declined(state: State, session: Thing, customer: str | None, card: str) -> None:
    """A declined card leaves an intent that failed, and nothing else."""
    if session["amount_total"] and cards.declines(state, card, customer):
        intent = _tried(state, session, customer)
        payments.attempt(state, intent, card)
        raise CardRefused(**intent["last_payment_error"])


def _invoice(state: State, session: Thing, customer: str) -> Thing:
    params = state.notes[session["id"]]["params"]
    now = (state.now, state.now)
    made = [
        line(state, each["price"], each["quantity"], now)
        for each in state.notes[session["id"]]["lines"]
    ]
    data = params["invoice_creation"].get("invoice_data", {})
    invoice = invoicing.draft(
        state, customer, made, "manual", auto_advance=False, metadata=data.get("metadata", {}),
        description=data.get("description"),
    )  # fmt: skip
    invoicing.finalize(state, invoice)
    session["invoice"] = invoice["id"]
    return invoice


def _subscribe(
    state: State, session: Thing, customer: str | None, card: str, *, slow: bool
) -> None:
    data = state.notes[session["id"]]["params"].get("subscription_data", {})
    kept = {name: data[name] for name in ("metadata", "description", "trial_end", "trial_period_days") if name in data}  # fmt: skip
    given = [
        {"price": each["price"]["id"]}
        | ({"quantity": each["quantity"]} if each["quantity"] else {})
        for each in state.notes[session["id"]]["lines"]
        if each["price"]["type"] == "recurring"
    ]
    begun = {"customer": customer, "items": given, "default_payment_method": card, **kept}
    subscription = beginning.begin(state, begun, slow=slow)
    session |= {"subscription": subscription["id"], "invoice": subscription["latest_invoice"]}


def _complete(
    state: State, session: Thing, customer: str | None, email: str, *, slow: bool
) -> None:
    holder = state.things["customer"].get(customer or "", {})
    session |= {
        "status": "complete", "customer": customer, "url": None,
        "payment_status": "unpaid" if slow else "paid",
        "customer_details": {
            "address": holder.get("address"), "business_name": None, "individual_name": None,
            "email": email or session["customer_email"] or holder.get("email"),
            "name": holder.get("name"), "phone": None, "tax_exempt": "none", "tax_ids": [],
        },
    }  # fmt: skip
    if not slow and _is_covered(state, session):
        session["payment_status"] = "no_payment_required"
    if session["automatic_tax"]["enabled"]:
        session["automatic_tax"]["status"] = "complete"
    tell(state, "checkout.session.completed", session)


def _is_covered(state: State, session: Thing) -> bool:
    """Nothing is due: the item is free, or the customer's credit pays its first invoice."""
    invoice = state.things["invoice"].get(session["invoice"] or "")
    by_credit = session["mode"] == "subscription" and invoice and invoice["amount_due"] == 0
    return session["amount_total"] == 0 or bool(by_credit)


def _customer(state: State, session: Thing, email: str) -> str | None:
    """The session's customer; a new one where it needs one; a guest otherwise."""
    if session["customer"]:
        return str(session["customer"])
    params = state.notes[session["id"]]["params"]
    wants = session["mode"] == "subscription" or params.get("customer_creation") == "always"
    if not wants and not params.get("invoice_creation", {}).get("enabled"):
        return None
    email = email or session["customer_email"] or "customer@example.com"
    session["customer"] = customers.create(state, {"email": email})["id"]
    return str(session["customer"])


def _intent(state: State, session: Thing) -> Thing:
    if session["payment_intent"]:
        return state.get("payment_intent", session["payment_intent"])
    return collecting.intent_of(state, state.get("invoice", session["invoice"]))
