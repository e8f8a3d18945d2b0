"""Tokens and money: the ledger, what can still be spent, and what was bought."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


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
        Index("ix_ledger_entries_statement", "organization_id", "book", "mode", "id"),
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


class Purchase(Base):
    """A pack or plan somebody was offered to buy, and whether they did."""

    __tablename__ = "purchases"
    __table_args__ = (Index("ix_purchases_organization", "organization_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    mode: Mapped[str] = mapped_column(String(12))
    item: Mapped[str] = mapped_column(String(20))  # pack:small, plan:pro
    tokens: Mapped[int] = mapped_column(BigInteger)
    usd_micros: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    paid_at: Mapped[datetime | None] = mapped_column(Instant)


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
