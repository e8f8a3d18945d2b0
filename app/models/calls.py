"""The newest calls of each API key and of each connection, for whoever looks after it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class Call:
    """One call of a tool: which, when, what came of it, and the request it came by."""

    id: Mapped[str] = mapped_column(String(40), primary_key=True)  # sorts by the moment of the call
    tool: Mapped[str] = mapped_column(String(40))
    refusal: Mapped[str | None] = mapped_column(String(60))  # its code; None: it was answered
    request_id: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant)


class ApiCall(Call, Base):
    """A call by a key."""

    __tablename__ = "api_calls"
    __table_args__ = (Index("ix_api_calls_key", "key_id", "id"),)

    key_id: Mapped[str] = mapped_column(ForeignKey("api_keys.id"))


class AppCall(Call, Base):
    """A call by a connection of an app."""

    __tablename__ = "app_calls"
    __table_args__ = (Index("ix_app_calls_grant", "grant_id", "id"),)

    grant_id: Mapped[str] = mapped_column(ForeignKey("grants.id", ondelete="CASCADE"))
