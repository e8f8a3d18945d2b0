"""Stripe as the biller: each call of the port, in Stripe's words; its words end in this folder."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.adapters.stripe import checkouts, dollars, ending, notices, reading, subscriptions, usage
from app.adapters.stripe.client import TIMEOUT_S, Client, key, once
from app.domain.billing.biller import Biller, NoSuchObject
from app.domain.billing.records import (
    Checkout,
    Invoice,
    Notice,
    Paid,
    Preview,
    Subscription,
    Wanted,
)
from app.kit import clock

if TYPE_CHECKING:
    from stripe.params.billing_portal import SessionCreateParams


class StripeBiller(Biller):
    """The port's answer over Stripe's API, in one payment mode."""

    def __init__(
        self,
        secret_key: str,
        webhook_secrets: Sequence[notices.Key],
        mode: str,
        *,
        api_base: str = "",
        portal_configuration: Callable[[], str | None] = lambda: None,
        automatic_tax: bool = False,
        tax_ids: bool = False,
        timeout_s: int = TIMEOUT_S,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self.mode = mode
        self._client = Client(secret_key, mode, api_base=api_base, timeout_s=timeout_s)
        self._webhook_secrets = tuple(webhook_secrets)
        self._portal_configuration = portal_configuration
        self._automatic_tax, self._tax_ids = automatic_tax, tax_ids
        self._now = now

    def customer(self, organization_id: str, name: str, email: str | None) -> str:
        customer_id = self._made(organization_id)
        try:
            self.rename(customer_id, name, email)
        except NoSuchObject:  # it was deleted, and Stripe repeats its answer to the key for a day
            customer_id = self._made(organization_id, customer_id)
            self.rename(customer_id, name, email)
        return customer_id

    def rename(self, customer_id: str, name: str, email: str | None) -> None:
        with self._client.asking() as v1:
            v1.customers.update(
                customer_id, {"name": name, "email": email or ""}, once(customer_id, "rename")
            )

    def open_checkout(self, wanted: Wanted) -> Checkout:
        taxes = checkouts.taxed(automatic=self._automatic_tax, ids=self._tax_ids)
        return checkouts.opened(self._client, wanted, taxes, self._now())

    def close_checkout(self, checkout_id: str) -> None:
        checkouts.close(self._client, checkout_id)

    def checkout(self, checkout_id: str) -> Checkout:
        return checkouts.found(self._client, checkout_id)

    def invoice(self, invoice_id: str) -> Invoice:
        with self._client.asking() as v1:
            read = v1.invoices.retrieve(invoice_id, {"expand": ["payments"]})
            lines = v1.invoices.line_items.list(invoice_id, {"limit": 100})
            return reading.invoice(self._client.ours(read), list(lines.auto_paging_iter()))

    def invoices(self, customer_id: str) -> list[Invoice]:
        with self._client.asking() as v1:
            listed = v1.invoices.list(
                {"customer": customer_id, "limit": 100, "expand": ["data.payments"]}
            )
        every = [self._client.ours(each) for each in listed.data]
        return [reading.invoice(each) for each in every if each.currency == dollars.CURRENCY]

    def subscription(self, subscription_id: str) -> Subscription:
        return subscriptions.found(self._client, subscription_id)

    def subscriptions(self, customer_id: str) -> list[Subscription]:
        return subscriptions.of_customer(self._client, customer_id)

    def paid(self, payment_id: str) -> Paid:
        with self._client.asking() as v1:
            intent = v1.payment_intents.retrieve(payment_id)
            refunds = v1.refunds.list({"payment_intent": payment_id, "limit": 100})
            disputes = v1.disputes.list({"payment_intent": payment_id, "limit": 100})
            every = list(refunds.auto_paging_iter())
        return reading.paid(self._client.ours(intent), every, disputes.data)

    def preview(self, subscription_id: str, prices: Sequence[str], at: datetime) -> Preview:
        return subscriptions.preview(self._client, subscription_id, prices, at)

    def change_now(self, subscription_id: str, prices: Sequence[str], at: datetime) -> None:
        subscriptions.change_now(self._client, subscription_id, prices, at)

    def change_at_end(self, subscription_id: str, prices: Sequence[str]) -> None:
        subscriptions.change_at_end(self._client, subscription_id, prices)

    def end_at_end(self, subscription_id: str) -> None:
        subscriptions.end_at_end(self._client, subscription_id)

    def keep(self, subscription_id: str) -> None:
        subscriptions.keep(self._client, subscription_id)

    def end_now(self, subscription_id: str, *, refund: bool) -> None:
        ending.end_now(self._client, subscription_id, refund=refund)

    def portal(self, customer_id: str, back_url: str) -> str:
        visit: SessionCreateParams = {"customer": customer_id, "return_url": back_url}
        if configuration := self._portal_configuration():
            visit["configuration"] = configuration
        with self._client.asking() as v1:
            session = v1.billing_portal.sessions.create(visit, once(customer_id, "portal"))
        return session.url

    def report_usage(self, customer_id: str, tokens: int, entry_id: str, at: datetime) -> None:
        usage.report(self._client, customer_id, tokens, entry_id, at)

    def read(self, body: bytes, signature: str, now: datetime) -> Notice:
        return notices.read(body, signature, self._webhook_secrets, self.mode, now)

    def _made(self, organization_id: str, *instead_of: str) -> str:
        """One customer an organization; what may differ between two calls is told later."""
        with self._client.asking() as v1:
            made = v1.customers.create(
                {"metadata": {"organization_id": organization_id}},
                key("acct", organization_id, self.mode, "customer", *instead_of),
            )
        return self._client.ours(made).id
