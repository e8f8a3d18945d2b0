"""The end of a subscription at once, and its money back."""

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from app.adapters.stripe import reading, subscriptions
from app.adapters.stripe.client import Client, Refused, once
from app.domain.billing.biller import NoSuchObject

if TYPE_CHECKING:
    import stripe

# Nothing is left to give back: it went, or a bank took it.
_GONE = frozenset({"charge_already_refunded", "charge_disputed"})


def end_now(client: Client, subscription_id: str, *, refund: bool) -> None:
    """End it and bill the overage that was used, or give back all that was paid for it."""
    its = subscriptions.retrieved(client, subscription_id)
    if its.status not in reading.OVER:
        with suppress(NoSuchObject), client.asking() as v1:  # another ended it meanwhile
            v1.subscriptions.cancel(its.id, {"invoice_now": not refund, "prorate": False})
    if refund:
        for bill in _bills(client, subscription_id, "open"):
            _void(client, bill.id)
        for bill in _bills(client, subscription_id, "paid"):
            for payment_id in reading.payments(bill):
                _give_back(client, payment_id)


def _bills(
    client: Client, subscription_id: str, status: Literal["open", "paid"]
) -> "list[stripe.Invoice]":
    with client.asking() as v1:
        listed = v1.invoices.list(
            {
                "subscription": subscription_id,
                "status": status,
                "limit": 100,
                "expand": ["data.payments"],
            }
        )
        return [client.ours(bill) for bill in listed.auto_paging_iter()]


def _void(client: Client, invoice_id: str) -> None:
    """Nobody is to pay it any more; Stripe refuses while a bank is already paying it."""
    with suppress(Refused), client.asking() as v1:
        v1.invoices.void_invoice(invoice_id, {}, once(invoice_id, "void"))


def _give_back(client: Client, payment_id: str) -> None:
    """All that is left of a payment; done twice, nothing is left."""
    try:
        with client.asking() as v1:
            v1.refunds.create({"payment_intent": payment_id}, once(payment_id, "refund"))
    except Refused as refused:
        if refused.reason not in _GONE:
            raise
