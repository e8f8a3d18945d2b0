"""The newest calls of each API key, for whoever looks after it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class ApiCall(Base):
    """One call of a tool: which, when, what came of it, and the request it came by."""

    __tablename__ = "api_calls"
    __table_args__ = (Index("ix_api_calls_key", "key_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)  # sorts by the moment of the call
    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id"))
    tool: Mapped[str] = mapped_column(String(40))
    refusal: Mapped[str | None] = mapped_column(String(60))  # its code; None: it was answered
    request_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)
