"""What was charged, summed by day: a page about a month reads days, not entries."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class DailyUsage(Base):
    """The charges of one day (UTC) that one credential made for one person.

    Written with the charge in one transaction; the sum of a day's rows is the sum of its entries.
    """

    __tablename__ = "daily_usage"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    book: Mapped[str] = mapped_column(String(4), primary_key=True)
    mode: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    subject: Mapped[str] = mapped_column(String(160), primary_key=True)  # empty: nobody counted
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)  # empty: nobody
    tokens: Mapped[int] = mapped_column(BigInteger)
    charges: Mapped[int] = mapped_column()  # runs, comparisons and questions that cost something
