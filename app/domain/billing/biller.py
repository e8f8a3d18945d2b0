"""What Polis asks of a payment provider; Stripe and the simulated biller each answer it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from app.domain.billing.records import (
    Checkout,
    Invoice,
    Notice,
    Paid,
    Preview,
    Subscription,
    Wanted,
)
from app.errors import Conflict, InvalidInput, Kind, PolisError


class BillerAway(PolisError):
    """The provider did not answer, or is not set up; nothing was done that has to be undone."""

    kind = Kind.UNAVAILABLE
    code = "payments_unavailable"


class NotOurMoney(BillerAway):
    """What was read is of another payment mode than this installation, or of another currency."""


class NoSuchObject(PolisError):
    """The provider knows nothing by this id."""

    kind = Kind.NOT_FOUND
    code = "not_found"


class PaymentDeclined(Conflict):
    """The card was declined; the plan stays as it was."""


class BadNotice(InvalidInput):
    """A notice that is not the provider's, too old or too new, or of another mode.

    Where its signature was good, `notice` says what it was, so that it can be written down.
    """

    def __init__(self, message: str, notice: Notice | None = None) -> None:
        super().__init__(message)
        self.notice = notice


class Biller(Protocol):
    """A payment provider. Each call may raise BillerAway; each change may be asked for twice."""

    mode: str

    def customer(self, organization_id: str, name: str, email: str | None) -> str:
        """The id of an organization's customer, made if need be."""

    def rename(self, customer_id: str, name: str, email: str | None) -> None:
        """Tell the provider how a customer is called and where its receipts go."""

    def open_checkout(self, wanted: Wanted) -> Checkout:
        """A page to pay at; the same purchase gets the same page."""

    def close_checkout(self, checkout_id: str) -> None:
        """End an open page; one that is paid or over stays as it is."""

    def checkout(self, checkout_id: str) -> Checkout:
        """A page as it stands now."""

    def invoice(self, invoice_id: str) -> Invoice:
        """An invoice as it stands now, with all its lines."""

    def invoices(self, customer_id: str) -> Sequence[Invoice]:
        """The last hundred invoices of a customer, newest first, without their lines."""

    def subscription(self, subscription_id: str) -> Subscription:
        """A subscription as it stands now."""

    def subscriptions(self, customer_id: str) -> Sequence[Subscription]:
        """All of a customer's, ended ones too."""

    def paid(self, payment_id: str) -> Paid:
        """A payment with its refunds and its dispute as they stand now."""

    def preview(self, subscription_id: str, prices: Sequence[str], at: datetime) -> Preview:
        """What it costs to go on with these prices from a moment on."""

    def change_now(self, subscription_id: str, prices: Sequence[str], at: datetime) -> None:
        """Go on with these prices, paid for at once or not at all (PaymentDeclined)."""

    def change_at_end(self, subscription_id: str, prices: Sequence[str]) -> None:
        """Go on with these prices from the next period on."""

    def end_at_end(self, subscription_id: str) -> None:
        """Let a subscription end with its period."""

    def keep(self, subscription_id: str) -> None:
        """Take back an end or a change that was to come with the next period."""

    def end_now(self, subscription_id: str, *, refund: bool) -> None:
        """End a subscription at once, and give back what was paid for it where asked."""

    def portal(self, customer_id: str, back_url: str) -> str:
        """The provider's own page of cards, addresses and invoices."""

    def report_usage(self, customer_id: str, tokens: int, entry_id: str, at: datetime) -> None:
        """Tell of overage once; the ledger entry's id tells it from every other."""

    def read(self, body: bytes, signature: str, now: datetime) -> Notice:
        """A notice, or BadNotice where it is not the provider's or of another mode."""
