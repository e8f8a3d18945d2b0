"""The payments port of an installation without a provider's key."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.db import Database
from app.domain.billing.biller import Biller
from app.domain.billing.records import (
    Checkout,
    Invoice,
    Notice,
    Paid,
    Preview,
    Subscription,
    Wanted,
)
from app.domain.billing.simulated import money, notices, rows, running, selling, shapes
from app.domain.billing.simulated.changes import Changes
from app.domain.billing.simulated.prices import plan_wanted
from app.domain.billing.simulated.rows import CHECKOUT, CUSTOMER, INVOICE, PAYMENT, SUBSCRIPTION
from app.domain.billing.simulated.shapes import Page
from app.kit import clock

PORTAL = "/app/billing/simulated"
_LISTED = 100  # invoices
_AT_ONCE = 500  # of what is due
_WHEN_DUE = {SUBSCRIPTION: running.catch_up, CHECKOUT: selling.expire}


class SimulatedBiller(Biller):
    """A provider that keeps everything in our own database and tells of it as Stripe does.

    Each call is a transaction of its own: never make one inside another that writes.
    """

    mode = notices.MODE

    def __init__(
        self,
        database: Database,
        keys: Sequence[str],
        base_url: str,
        deliver: Callable[[bytes, str], None],
    ) -> None:
        self._database = database
        self._keys = keys
        self._base_url = base_url
        self._changes = Changes(database, keys, deliver)

    @staticmethod
    def customer_of(organization_id: str) -> str:
        """The id an organization has as a customer, whether it is one yet or not."""
        return f"cus_{organization_id}"

    def customer(self, organization_id: str, name: str, email: str | None) -> str:  # noqa: ARG002 # no receipts
        id_ = self.customer_of(organization_id)
        with self._changes.changing() as session:
            body = {"credit_micros": 0, "invoices": 0}
            rows.add_once(session, CUSTOMER, id_, id_, body, clock.now())
        return id_

    def rename(self, customer_id: str, name: str, email: str | None) -> None:  # noqa: ARG002 # as above
        with self._changes.seen(CUSTOMER, customer_id):
            return

    def open_checkout(self, wanted: Wanted) -> Checkout:
        now = clock.now()
        with self._changes.changing() as session:
            row = selling.open_page(session, wanted, self._keys, now)
            return shapes.checkout(row, self._base_url, now)

    def close_checkout(self, checkout_id: str) -> None:
        with self._changes.held(CHECKOUT, checkout_id) as (session, row):
            selling.close(session, row, clock.now())

    def checkout(self, checkout_id: str) -> Checkout:
        return self.page(checkout_id).checkout

    def page(self, checkout_id: str) -> Page:
        """What the page to pay at shows."""
        with self._changes.seen(CHECKOUT, checkout_id) as row:
            return shapes.page(row, self._base_url, clock.now())

    def pay(self, checkout_id: str, now: datetime) -> Page:
        """Pay; a page that is paid or over stays as it is."""
        with self._changes.held(CHECKOUT, checkout_id) as (session, row):
            selling.pay(session, row, now)
            return shapes.page(row, self._base_url, now)

    def decline(self, checkout_id: str, now: datetime) -> Page:
        """A card that is declined; the page stays open for another."""
        return self._mark(checkout_id, now, declined=True)

    def abandon(self, checkout_id: str, now: datetime) -> Page:
        """Leave without paying; whoever comes back begins anew."""
        return self._mark(checkout_id, now, declined=False)

    def invoice(self, invoice_id: str) -> Invoice:
        with self._changes.seen(INVOICE, invoice_id) as row:
            return shapes.invoice(row)

    def invoices(self, customer_id: str) -> Sequence[Invoice]:
        with self._database.reading() as session:
            kept = rows.of_customer(session, customer_id, INVOICE, _LISTED)
            return [shapes.invoice(row, lines=False) for row in kept]

    def subscription(self, subscription_id: str) -> Subscription:
        with self._changes.seen(SUBSCRIPTION, subscription_id) as row:
            return shapes.subscription(row)

    def subscriptions(self, customer_id: str) -> Sequence[Subscription]:
        with self._database.reading() as session:
            kept = rows.of_customer(session, customer_id, SUBSCRIPTION)
            return [shapes.subscription(row) for row in kept]

    def paid(self, payment_id: str) -> Paid:
        with self._changes.seen(PAYMENT, payment_id) as row:
            return shapes.paid(row)

    def preview(self, subscription_id: str, prices: Sequence[str], at: datetime) -> Preview:
        with self._changes.seen(SUBSCRIPTION, subscription_id) as row:
            return running.preview(row, plan_wanted(prices), at)

    def change_now(self, subscription_id: str, prices: Sequence[str], at: datetime) -> None:
        with self._changes.held(SUBSCRIPTION, subscription_id) as (session, row):
            running.change_now(session, row, plan_wanted(prices), at, clock.now())

    def change_at_end(self, subscription_id: str, prices: Sequence[str]) -> None:
        with self._changes.held(SUBSCRIPTION, subscription_id) as (session, row):
            running.change_at_end(session, row, plan_wanted(prices), clock.now())

    def end_at_end(self, subscription_id: str) -> None:
        with self._changes.held(SUBSCRIPTION, subscription_id) as (session, row):
            running.end_at_end(session, row, clock.now())

    def keep(self, subscription_id: str) -> None:
        with self._changes.held(SUBSCRIPTION, subscription_id) as (session, row):
            running.keep(session, row, clock.now())

    def end_now(self, subscription_id: str, *, refund: bool) -> None:
        with self._changes.held(SUBSCRIPTION, subscription_id) as (session, row):
            running.end_now(session, row, clock.now(), refund=refund)

    def portal(self, customer_id: str, back_url: str) -> str:  # noqa: ARG002 # the dashboard is around it
        with self._changes.seen(CUSTOMER, customer_id):
            return f"{self._base_url}{PORTAL}"

    def report_usage(self, customer_id: str, tokens: int, entry_id: str, at: datetime) -> None:
        now = clock.now()
        with self._changes.changing() as session:
            if rows.use_once(session, customer_id, tokens, entry_id, at, now):
                running.use(session, customer_id, tokens, at, now)

    def refund(self, payment_id: str, usd_micros: int, refund_id: str) -> Paid:
        """Give back money of a payment, once by the refund's id."""
        with self._changes.held(PAYMENT, payment_id) as (session, row):
            money.refund(session, row, usd_micros, refund_id, clock.now())
            return shapes.paid(row)

    def renew_due(self, now: datetime) -> int:
        """Renew or end subscriptions whose period has ended, close pages whose time is over.

        Gives how many there were; each is a transaction, so that none waits for all others.
        """
        with self._database.reading() as session:
            due = rows.due(session, now, _AT_ONCE)
        for kind, id_ in due:
            with self._changes.held(kind, id_) as (session, row):
                _WHEN_DUE[kind](session, row, now)
        return len(due)

    def read(self, body: bytes, signature: str, now: datetime) -> Notice:
        return notices.read(body, signature, self._keys, now)

    def hand_over(self, payload: dict[str, Any]) -> None:
        """Bring a notice that was written down to our webhook, be it for the second time."""
        self._changes.hand_over(payload)

    def _mark(self, checkout_id: str, now: datetime, *, declined: bool) -> Page:
        with self._changes.held(CHECKOUT, checkout_id) as (session, row):
            selling.mark_declined(session, row, now, declined=declined)
            return shapes.page(row, self._base_url, now)
