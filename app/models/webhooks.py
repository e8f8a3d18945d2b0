"""Webhooks: where an organization wants to be told, what there is to tell, and how telling went."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class WebhookEndpoint(Base):
    """An address that is told of events; its secrets are sealed, because we must sign with them."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (Index("ix_webhook_endpoints_organization", "organization_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(String(120), default="")
    events: Mapped[str] = mapped_column(String(200))  # space-separated
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_four: Mapped[str] = mapped_column(String(4))
    former_secret: Mapped[bytes | None] = mapped_column(LargeBinary)  # signs too until its end
    former_until: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    disabled_because: Mapped[str | None] = mapped_column(String(20))  # person | failing
    failed_since: Mapped[datetime | None] = mapped_column(Instant)  # nothing arrived since then
    failing_at: Mapped[datetime | None] = mapped_column(Instant)  # a delivery was given up


class WebhookEvent(Base):
    """Something that happened, once for its key; ids and figures, no text of anybody's."""

    __tablename__ = "webhook_events"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    type: Mapped[str] = mapped_column(String(30))
    data: Mapped[Any] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class WebhookDelivery(Base):
    """One event on its way to one endpoint."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_endpoint", "endpoint_id", "id"),
        Index("ix_webhook_deliveries_event", "event_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event_id: Mapped[str] = mapped_column(ForeignKey("webhook_events.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(String(10), default="waiting")  # delivered failed dropped
    again: Mapped[bool] = mapped_column(default=False)  # somebody asked for it
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class WebhookAttempt(Base):
    """One request of a delivery and what came back."""

    __tablename__ = "webhook_attempts"

    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    took_ms: Mapped[int] = mapped_column()
    status: Mapped[int | None] = mapped_column()  # of the answer; None: there was none
    problem: Mapped[str] = mapped_column(
        String(200), default=""
    )  # why there was none, in our words
    answer: Mapped[str] = mapped_column(Text, default="")  # its beginning
