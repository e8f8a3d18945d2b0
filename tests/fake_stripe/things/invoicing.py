"""An invoice from draft to open: its lines, what the balance takes, its number."""

from tests.fake_stripe.ground.clock import HOUR, plan
from tests.fake_stripe.ground.events import changing, tell
from tests.fake_stripe.ground.fields import a_list
from tests.fake_stripe.ground.state import State, Thing
from tests.fake_stripe.things import payments
from tests.fake_stripe.things.lines import line_from

LEAST_CHARGE = 50  # cents; less is carried over to the next invoice


def draft(
    state: State, customer: str, lines: list[Thing], reason: str, subscription: Thing | None = None,
    **given: object,
) -> Thing:  # fmt: skip
    """A new invoice; it takes up what was waiting for one."""
    waiting = waiting_items(state, customer, subscription) if reason != "manual" else []
    invoice = state.make("invoice", "in", **composed(state, customer, lines + [line_from(state, each) for each in waiting], reason, subscription))  # fmt: skip
    invoice |= given
    for item in waiting:
        item["invoice"] = invoice["id"]
    relist(state, invoice, invoice["lines"]["data"])
    if invoice["auto_advance"] and reason == "subscription_cycle":
        invoice["automatically_finalizes_at"] = state.now + HOUR
        plan(state, state.now + HOUR, "finalize", invoice["id"])
    tell(state, "invoice.created", invoice)
    return invoice


def composed(
    state: State, customer: str, lines: list[Thing], reason: str, subscription: Thing | None
) -> Thing:
    """The facts of an invoice: who, for what, how much of it is due."""
    holder = state.get("customer", customer, "customer")
    total = sum(line["amount"] for line in lines)
    after = total + holder["balance"]
    due = after if after >= LEAST_CHARGE else 0
    currency = lines[0]["currency"] if lines else "usd"
    return {
        "account_country": "US", "account_name": "Fake account", "amount_due": due,
        "amount_remaining": due, "auto_advance": True, "attempted": False,
        "billing_reason": reason, "collection_method": "charge_automatically",
        "currency": currency, "customer": customer, "customer_email": holder["email"],
        "customer_name": holder["name"], "customer_tax_exempt": holder["tax_exempt"],
        "customer_tax_ids": [], "lines": a_list("", lines), "metadata": {},
        "parent": _parent(subscription), "status": "draft", "starting_balance": holder["balance"],
        "subtotal": total, "subtotal_excluding_tax": total, "total": total,
        "total_excluding_tax": total, "total_discount_amounts": [], "total_taxes": [],
        "total_pretax_credit_amounts": [], "issuer": {"account": None, "type": "self"},
        "period_start": _period(subscription, "start", state.now),
        "period_end": _period(subscription, "end", state.now),
    }  # fmt: skip


def relist(state: State, invoice: Thing, lines: list[Thing]) -> None:
    """Set an invoice's lines and what follows from them."""
    for line in lines:
        line["invoice"] = invoice["id"]
    invoice["lines"] = a_list(f"/v1/invoices/{invoice['id']}/lines", lines)
    reason, metadata = invoice["billing_reason"], invoice["metadata"]
    facts = composed(state, invoice["customer"], lines, reason, None)
    kept = ("amount_due", "amount_remaining", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax", "starting_balance")  # fmt: skip
    invoice |= {name: facts[name] for name in kept} | {"metadata": metadata}


def finalize(state: State, invoice: Thing) -> None:
    """From draft to open: it gets its number, its pages and an intent to be paid."""
    relist(state, invoice, invoice["lines"]["data"])
    holder = state.get("customer", invoice["customer"])
    ending = holder["balance"] + invoice["total"] - invoice["amount_due"]
    if holder["balance"] != ending:
        with changing(state, "customer.updated", holder):
            holder["balance"] = ending
    invoice |= {
        "status": "open", "number": f"{holder['invoice_prefix']}-{holder['next_invoice_sequence']:04d}",
        "ending_balance": ending, "effective_at": state.now, "automatically_finalizes_at": None,
        "hosted_invoice_url": f"{state.base}/i/{invoice['id']}",
        "invoice_pdf": f"{state.base}/i/{invoice['id']}/pdf",
    }  # fmt: skip
    holder["next_invoice_sequence"] += 1
    invoice["status_transitions"]["finalized_at"] = state.now
    if invoice["amount_due"]:
        _ask_for_payment(state, invoice)
    tell(state, "invoice.finalized", invoice)


def _ask_for_payment(state: State, invoice: Thing) -> None:
    intent = payments.intend(
        state, invoice["amount_due"], invoice["currency"], invoice["customer"],
        description="Subscription creation" if invoice["parent"] else None,
    )  # fmt: skip
    state.make(
        "invoice_payment", "inpay", amount_requested=invoice["amount_due"],
        currency=invoice["currency"], invoice=invoice["id"], is_default=True, status="open",
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
    )  # fmt: skip


def waiting_items(state: State, customer: str, subscription: Thing | None) -> list[Thing]:
    """Invoice items without an invoice: this subscription's, and those of none."""
    mine = {None, subscription["id"]} if subscription else {None}
    return [
        item
        for item in state.all("invoiceitem", customer=customer, invoice=None)
        if ((item["parent"] or {}).get("subscription_details") or {}).get("subscription") in mine
    ]


def _parent(subscription: Thing | None) -> Thing | None:
    if subscription is None:
        return None
    details = {
        "metadata": dict(subscription["metadata"]), "subscription": subscription["id"],
    }  # fmt: skip
    return {"type": "subscription_details", "quote_details": None, "subscription_details": details}


def _period(subscription: Thing | None, end: str, now: int) -> int:
    items = subscription["items"]["data"] if subscription else []
    return int(items[0][f"current_period_{end}"]) if items else now
