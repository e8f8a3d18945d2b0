"""What must be done, who is doing it, and facts about the installation itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class Work(Base):
    """One thing to do, recorded in the transaction that caused it. Payloads hold no secret."""

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_open", "ended_at", "low", "due_at"),)  # open work has no end

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    payload: Mapped[Any] = mapped_column(JsonText)
    request_id: Mapped[str | None] = mapped_column(String(40))
    low: Mapped[bool] = mapped_column(  # done when nothing else is left to do
        default=False, server_default=false()
    )
    due_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)  # also the fence: each claim raises it
    owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(Text)  # class and sentence of the last failure
    created_at: Mapped[datetime] = mapped_column(Instant)


class WorkerBeat(Base):
    """A living worker process and when it was last heard of."""

    __tablename__ = "worker_beats"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class InstallationFact(Base):
    """Something that is true of the whole installation, such as its payment mode."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
