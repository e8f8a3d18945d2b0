"""Runs, the batches they are fanned out in, and what each seat answered."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText, Partial

# What a list can be narrowed by: each with an index of its own, so that none reads what it drops.
_LISTS = {
    "status": ("status",),
    "subject": ("subject",),
    "subject_status": ("subject", "status"),
    "user": ("user_id",),
    "user_status": ("user_id", "status"),
}


def _lists(table: str, where: str = "") -> list[Index]:
    """The indexes of a list; a run that is a variant stands in its comparison's row."""
    made = partial(Partial, only=where) if where else Index
    return [
        made(f"ix_{table}_{name}", *("organization_id", "book", *columns, "id"))
        for name, columns in _LISTS.items()
    ]


_SINGLE = "comparison_id IS NULL"
_OPEN = f"{_SINGLE} AND completed_at IS NULL"


class Comparison(Base):
    """Two to five variants before the same panel: one hold and one outcome."""

    __tablename__ = "comparisons"
    __table_args__ = (
        Index("ix_comparisons_organization", "organization_id", "book", "id"),
        *_lists("comparisons"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    book: Mapped[str] = mapped_column(String(4))
    subject: Mapped[str | None] = mapped_column(String(160))  # key:…, app:…, user:…: who spent
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    label: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12), default="running")  # or how it ended
    result: Mapped[Any | None] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)


class Run(Base):
    """One text before one panel; what customers call a test."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(
            "status IN ('pending', 'running', 'synthesizing', 'complete', 'failed', 'cancelled')",
            name="status",
        ),
        CheckConstraint(
            "personas_done >= 0 AND personas_done <= persona_count", name="personas_done"
        ),
        Index("ix_runs_list", "organization_id", "book", "id"),
        Index("ix_runs_comparison", "comparison_id"),
        Partial("ix_runs_singles", *("organization_id", "book", "id"), only=_SINGLE),
        Partial("ix_runs_open", *("organization_id", "book", "id"), only=_OPEN),
        *_lists("runs", _SINGLE),
        Partial(  # what retention may still have to delete
            "ix_runs_with_text",
            *("organization_id", "created_at"),
            only="text_deleted_at IS NULL",
        ),
        Partial(  # all a search looks through: it reads no run but those it finds
            "ix_runs_labelled",
            *("organization_id", "book", "id", "label"),
            only="label IS NOT NULL",
        ),
        Index("ix_runs_credential", "credential_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    book: Mapped[str] = mapped_column(String(4))
    mode: Mapped[str] = mapped_column(String(12))
    comparison_id: Mapped[str | None] = mapped_column(ForeignKey("comparisons.id"))
    variant: Mapped[int | None] = mapped_column()  # from 0, comparisons only
    via: Mapped[str] = mapped_column(String(8))  # key | oauth | session
    credential_id: Mapped[str | None] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(160))  # key:…, app:…, user:…: who spent
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    label: Mapped[str | None] = mapped_column(String(80))
    content_type: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    url_mode: Mapped[str | None] = mapped_column(String(8))
    page: Mapped[Any | None] = mapped_column(JsonText)  # where its text was found, once fetched
    audience: Mapped[str | None] = mapped_column(Text)
    persona_count: Mapped[int] = mapped_column()
    detail: Mapped[str] = mapped_column(String(10))
    seed: Mapped[int] = mapped_column(BigInteger)
    engine: Mapped[str] = mapped_column(String(20))
    engine_version: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(12))
    personas_done: Mapped[int] = mapped_column(default=0)
    batches_left: Mapped[int] = mapped_column()
    tokens: Mapped[int] = mapped_column(BigInteger)  # the whole price, held at the start
    refunded_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    failure_code: Mapped[str | None] = mapped_column(String(40))
    failure_message: Mapped[str | None] = mapped_column(Text)
    synthesis: Mapped[Any | None] = mapped_column(JsonText)
    room: Mapped[Any | None] = mapped_column(JsonText)  # people in each segment, once complete
    result_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_at: Mapped[datetime | None] = mapped_column(Instant)
    text_deleted_at: Mapped[datetime | None] = mapped_column(Instant)  # its reactions went, too
    text_deleted_by: Mapped[str | None] = mapped_column(String(12))  # retention | person


class Batch(Base):
    """A part of a run's seats that one worker takes at a time."""

    __tablename__ = "batches"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first_seat: Mapped[int] = mapped_column()
    seats: Mapped[int] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class StoredReaction(Base):
    """What one seat of a run answered, and the engine's memory of it."""

    __tablename__ = "reactions"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    persona: Mapped[Any] = mapped_column(JsonText)
    body: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[Any] = mapped_column(JsonText)
