"""Dealings with the payment provider: who pays, what was paid, what came back, what is owed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class BillingAccount(Base):
    """An organization as the provider's customer, and its one living subscription.

    `version` is the fence of re-reads: whoever read the provider before another wrote reads again.
    """

    __tablename__ = "billing_accounts"
    __table_args__ = (
        Index("uq_billing_accounts_customer", "customer_id", unique=True),
        Index("uq_billing_accounts_subscription", "subscription_id", unique=True),
        Index("ix_billing_accounts_renews_at", "renews_at"),
    )

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    mode: Mapped[str] = mapped_column(String(12), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(80))
    subscription_id: Mapped[str | None] = mapped_column(String(80))
    plan: Mapped[str | None] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20), default="none")
    next_plan: Mapped[str | None] = mapped_column(String(10))  # from the next period on
    renews_at: Mapped[datetime | None] = mapped_column(Instant)
    cancels_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    open_invoice_id: Mapped[str | None] = mapped_column(String(80))  # what has to be paid
    cap_chosen: Mapped[bool] = mapped_column(default=False)  # by an owner: a plan leaves it alone
    winding_down: Mapped[bool] = mapped_column(default=False)  # it ends since we asked for it
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CatalogEntry(Base):
    """Something of ours as the provider knows it: a price, the meter, the portal's configuration.

    Prices that are no longer sold stay, since subscriptions and invoices still name them.
    """

    __tablename__ = "catalog_entries"
    __table_args__ = (Index("ix_catalog_entries_item", "mode", "item"),)

    mode: Mapped[str] = mapped_column(String(12), primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    item: Mapped[str] = mapped_column(
        String(20)
    )  # pack:small, plan:pro, overage:pro, meter, portal
    usd_micros: Mapped[int] = mapped_column(BigInteger, default=0)  # as it was when this was made
    tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    sold: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class PaymentEvent(Base):
    """A notice of the provider, kept once by its id; what it is about is read again."""

    __tablename__ = "payment_events"
    __table_args__ = (
        CheckConstraint("state IN ('taken', 'applied', 'ignored', 'refused')", name="state"),
        Index("ix_payment_events_received_at", "received_at"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    mode: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str | None] = mapped_column(String(20))  # checkout, invoice, subscription, …
    object_id: Mapped[str | None] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(8))
    note: Mapped[str | None] = mapped_column(String(200))  # why it was ignored or refused
    made_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)


class Payment(Base):
    """Money that came in for tokens, and how much of both went back."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("ix_payments_organization", "organization_id", "mode", "id"),
        Index("ix_payments_payment", "provider_payment_id"),
        CheckConstraint("reversed_tokens >= 0", name="reversed_tokens"),
        CheckConstraint("frozen_tokens >= 0", name="frozen_tokens"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    mode: Mapped[str] = mapped_column(String(12))
    item: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(120), unique=True)  # of its entries in the ledger
    invoice_id: Mapped[str | None] = mapped_column(String(80))
    provider_payment_id: Mapped[str | None] = mapped_column(String(80))
    bucket: Mapped[str] = mapped_column(String(8))
    tokens: Mapped[int] = mapped_column(BigInteger)
    usd_micros: Mapped[int] = mapped_column(BigInteger)
    period_start: Mapped[datetime | None] = mapped_column(Instant)
    paid_at: Mapped[datetime] = mapped_column(Instant)
    refunded_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    reversed_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    frozen_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    dispute: Mapped[str | None] = mapped_column(String(10))  # open, won, lost


class Debt(Base):
    """Tokens that were spent and then refunded: they are owed, and block new runs until paid."""

    __tablename__ = "debts"
    __table_args__ = (
        CheckConstraint("paid >= 0 AND paid <= tokens", name="paid"),
        Index("ix_debts_organization", "organization_id", "mode"),
    )

    cause: Mapped[str] = mapped_column(String(120), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    mode: Mapped[str] = mapped_column(String(12))
    tokens: Mapped[int] = mapped_column(BigInteger)
    paid: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SimulatedObject(Base):
    """What the simulated biller remembers, as Stripe remembers it for others.

    Play data that we made up ourselves: no provider told it, so `body` is not sealed.
    """

    __tablename__ = "simulated_objects"
    __table_args__ = (Index("ix_simulated_objects_customer", "customer_id", "kind"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # checkout, subscription, invoice, payment
    customer_id: Mapped[str] = mapped_column(String(80))
    body: Mapped[Any] = mapped_column(JsonText)
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # a renewal
    created_at: Mapped[datetime] = mapped_column(Instant)
