"""Follow-up questions and their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class Thread(Base):
    """A conversation with one persona, archetype, segment or the whole panel of a run."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_run", "run_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    book: Mapped[str] = mapped_column(String(4))
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(10))  # persona | archetype | segment | panel
    target_name: Mapped[str | None] = mapped_column(String(120))
    seats: Mapped[Any] = mapped_column(JsonText)  # the seats asked, fixed when the thread opens
    created_at: Mapped[datetime] = mapped_column(Instant)


class Turn(Base):
    """One question of a thread; the next may be asked when this one is done."""

    __tablename__ = "turns"

    thread_id: Mapped[str] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12))  # pending | complete | failed | cancelled
    tokens: Mapped[int] = mapped_column(BigInteger)
    refunded_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    answers_total: Mapped[int] = mapped_column()
    answers_done: Mapped[int] = mapped_column(default=0)
    summary: Mapped[str | None] = mapped_column(Text)
    failure_code: Mapped[str | None] = mapped_column(String(40))
    failure_message: Mapped[str | None] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)


class StoredAnswer(Base):
    """What one seat answered to one question."""

    __tablename__ = "answers"

    thread_id: Mapped[str] = mapped_column(
        ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    turn: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    grounded: Mapped[bool] = mapped_column()
