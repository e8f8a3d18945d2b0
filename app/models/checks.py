"""Checks of the installation's own handshake with connectors, kept for a day."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class ConnectorCheck(Base):
    """One walk through the handshake as several clients, what each step showed, secrets masked.

    `slot` is 1 while it runs and empty afterwards: the database itself lets no second one run.
    """

    __tablename__ = "connector_checks"
    __table_args__ = (
        CheckConstraint("status IN ('running', 'complete', 'failed')", name="status"),
        CheckConstraint("slot = 1", name="slot"),
        Index("ix_connector_checks_organization", "organization_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(10))
    slot: Mapped[int | None] = mapped_column(unique=True)
    reports: Mapped[Any] = mapped_column(JsonText)  # of each client so far
    clients: Mapped[Any] = mapped_column(JsonText)  # rows of throw-away clients, to be ended
    failure: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
    lease_until: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
