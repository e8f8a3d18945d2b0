"""Who did what: append-only, each row chained to the one before by its digest."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class AuditEvent(Base):
    """One action in one chain; a chain is an organization, or `installation`."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject", "chain", "subject", "number"),
        Index("ix_audit_events_actor", "chain", "actor", "number"),
        Index("ix_audit_events_action", "chain", "action", "number"),
        Index("ix_audit_events_actor_action", "chain", "actor", "action", "number"),
    )

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(String(60))  # user, key or client id, or `operator`
    action: Mapped[str] = mapped_column(String(60))  # key.created, run.refunded, …
    subject: Mapped[str] = mapped_column(String(60))
    details: Mapped[Any] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(Instant)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Base):
    """The end of each chain: writers of one chain queue up on this row."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column()
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
