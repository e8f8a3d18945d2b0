"""Disputes of a payment as Stripe tells of them, and which of several counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain import plans
from app.domain.billing.records import Dispute

if TYPE_CHECKING:
    import stripe

# Inquiries (`warning_…`) take no money, so they are no disputes until a bank makes them one.
DISPUTES = {
    "needs_response": "open",
    "under_review": "open",
    "won": "won",
    "warning_closed": "won",
    "lost": "lost",
}
_WEIGHT = ("lost", "open", "won")  # of several disputes the worst one speaks


def worst(disputes: "Sequence[stripe.Dispute]") -> Dispute | None:
    """The one of a payment's disputes that speaks for all of them."""
    known = [
        Dispute(each.id, DISPUTES[each.status], each.amount * plans.CENT)
        for each in disputes
        if each.status in DISPUTES
    ]
    return min(known, key=lambda dispute: _WEIGHT.index(dispute.status), default=None)
