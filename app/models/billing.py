"""Tokens and money: the ledger, what can still be spent, and what was bought."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText, Partial


class LedgerEntry(Base):
    """One movement of tokens in one bucket; never changed, never removed.

    `tokens` is signed: grants, releases and refunds add, holds, charges, expiries and reversals
    take. `usd_micros` is the money of an overage entry or a purchase, in millionths of a dollar.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("bucket IN ('included', 'trial', 'packs', 'overage')", name="bucket"),
        CheckConstraint(
            "kind IN ('grant', 'hold', 'release', 'charge', 'refund', 'expiry', 'reversal')",
            name="kind",
        ),
        CheckConstraint("book IN ('live', 'test')", name="book"),
        Index(  # with what a balance adds up, so that a sum reads no entry
            "ix_ledger_entries_statement",
            *("organization_id", "book", "mode", "created_at", "bucket", "tokens"),
        ),
        Partial(
            "ix_ledger_entries_charges",
            *("organization_id", "book", "mode", "created_at", "cause", "tokens"),
            only="kind = 'charge'",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    book: Mapped[str] = mapped_column(String(4))
    mode: Mapped[str] = mapped_column(String(12))  # payment mode of the installation
    bucket: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(8))
    tokens: Mapped[int] = mapped_column(BigInteger)
    usd_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    cause: Mapped[str] = mapped_column(String(120), index=True)  # run:<id>, invoice:<id>, …
    key: Mapped[str] = mapped_column(String(160), unique=True)  # doing it twice changes nothing
    period_start: Mapped[datetime | None] = mapped_column(Instant)  # whose period these belong to
    created_at: Mapped[datetime] = mapped_column(Instant)


class MonthlyMovement(Base):
    """What the entries of one month (UTC) did to the prepaid balance: the sum of their tokens.

    The database adds to it with every entry, whoever writes that (`0024_months_add_up.py`).
    """

    __tablename__ = "monthly_movements"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    mode: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[datetime] = mapped_column(Instant, primary_key=True)  # its first instant
    tokens: Mapped[int] = mapped_column(BigInteger)


class Balance(Base):
    """The sum of an organization's entries in one book and mode, kept with every entry.

    A hold is a conditional update of this row; the checks below are the last line.
    """

    __tablename__ = "balances"
    __table_args__ = (
        CheckConstraint("book IN ('live', 'test')", name="book"),
        CheckConstraint("included >= 0", name="included"),
        CheckConstraint("trial >= 0", name="trial"),
        CheckConstraint("packs >= 0", name="packs"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("overage_micros >= 0", name="overage_micros"),
        CheckConstraint("debt >= 0", name="debt"),
    )

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    mode: Mapped[str] = mapped_column(String(12), primary_key=True)
    plan: Mapped[str] = mapped_column(String(10), default="trial")
    status: Mapped[str] = mapped_column(String(10), default="trialing")
    included: Mapped[int] = mapped_column(BigInteger, default=0)
    trial: Mapped[int] = mapped_column(BigInteger, default=0)
    packs: Mapped[int] = mapped_column(BigInteger, default=0)
    held: Mapped[int] = mapped_column(BigInteger, default=0)  # all buckets
    overage_tokens: Mapped[int] = mapped_column(BigInteger, default=0)  # this period, held ones too
    overage_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    cap_micros: Mapped[int] = mapped_column(BigInteger, default=0)
    period_start: Mapped[datetime | None] = mapped_column(Instant)
    period_end: Mapped[datetime | None] = mapped_column(Instant)
    # The period's tokens outlive its end while its renewal is being paid; None: they do not.
    usable_until: Mapped[datetime | None] = mapped_column(Instant)
    # Overage is refused from then on, until another period begins; None: the plan says.
    overage_until: Mapped[datetime | None] = mapped_column(Instant)
    debt: Mapped[int] = mapped_column(
        BigInteger, default=0, server_default=text("0")
    )  # tokens of refunded payments, spent; the release before this column writes none


class Purchase(Base):
    """A pack or plan somebody was offered to buy, and whether they did."""

    __tablename__ = "purchases"
    __table_args__ = (
        Index("ix_purchases_organization", "organization_id", "id"),
        Index("uq_purchases_checkout", "checkout_id", unique=True),
        Index("ix_purchases_expires_at", "expires_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    mode: Mapped[str] = mapped_column(String(12))
    item: Mapped[str] = mapped_column(String(20))  # pack:small, plan:pro
    tokens: Mapped[int] = mapped_column(BigInteger)
    usd_micros: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    paid_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)  # a second plan's money
    checkout_id: Mapped[str | None] = mapped_column(String(80))  # of the provider
    by_owner: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # signed in and verified, not by a link
    asked_by: Mapped[str | None] = mapped_column(
        String(40)
    )  # key or grant whose person its own page asks; None: no page of ours does
    untold: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # asked for without a key, and who asked does not know yet that it was paid


class IdempotentAnswer(Base):
    """The first answer to a request with an idempotency key; it never holds a secret."""

    __tablename__ = "idempotent_answers"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    tool: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    input_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    answer: Mapped[Any | None] = mapped_column(JsonText)  # what was made, its ids and figures
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
