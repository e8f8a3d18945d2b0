"""Counters that must be exact across processes: spending limits, request rates, waiting calls."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class SpendCounter(Base):
    """Tokens a key or connected app has held or spent in one period."""

    __tablename__ = "spend_counters"
    __table_args__ = (CheckConstraint("used >= 0", name="used"),)

    subject: Mapped[str] = mapped_column(
        String(160), primary_key=True
    )  # key:<lineage>, app:<org>:<app>
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    period_start: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    used: Mapped[int] = mapped_column(BigInteger, default=0)


class SpendPart(Base):
    """What a cause put on a counter, so that its end gives back to the same one."""

    __tablename__ = "spend_parts"

    cause: Mapped[str] = mapped_column(String(120), primary_key=True)
    subject: Mapped[str] = mapped_column(String(160), primary_key=True)
    book: Mapped[str] = mapped_column(String(4))
    period_start: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[str | None] = mapped_column(String(40))  # whose call it was


class LimitReached(Base):
    """A spending limit stopped somebody: told once a period, and again when it was raised."""

    __tablename__ = "limits_reached"
    __table_args__ = (Index("ix_limits_reached_credential", "credential_id"),)

    subject: Mapped[str] = mapped_column(String(160), primary_key=True)  # or organization:<id>
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    period_start: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # tokens, or micro-dollars
    organization_id: Mapped[str] = mapped_column(String(40))
    credential_id: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)


class RequestRate(Base):
    """When a subject's next request would be due under one limit (GCRA's arrival time)."""

    __tablename__ = "request_rates"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(160), primary_key=True)
    due: Mapped[int] = mapped_column(BigInteger, index=True)  # milliseconds: it is reckoned with


class WaitSlot(Base):
    """A place for one waiting call; a slot whose lease ran out is free."""

    __tablename__ = "wait_slots"

    subject: Mapped[str] = mapped_column(String(160), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    lease_until: Mapped[datetime] = mapped_column(Instant)


class DailyTotal(Base):
    """A sum over the whole installation for one day, such as trial tokens granted."""

    __tablename__ = "daily_totals"
    __table_args__ = (Index("ix_daily_totals_day", "day"),)

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    used: Mapped[int] = mapped_column(BigInteger, default=0)
