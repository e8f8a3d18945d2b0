"""What signing in leaves behind besides sessions: links by mail, and mail itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class MailedLink(Base):
    """A link somebody was mailed: its digest, what its button does, and whether it has."""

    __tablename__ = "mailed_links"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('verify', 'sign_in', 'reset', 'change_email', 'undo_email', 'claim')",
            name="purpose",
        ),
    )

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id"))
    email: Mapped[str] = mapped_column(String(254))
    session_id: Mapped[str | None] = mapped_column(String(40))  # the browser that asked for it
    onward: Mapped[str] = mapped_column(Text, default="")  # path to go on to, ours
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class DevelopmentMail(Base):
    """A mail as it would have been sent; in development only, for `/dev/mail`."""

    __tablename__ = "development_mails"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    headers: Mapped[Any] = mapped_column(JsonText)
    sent_at: Mapped[datetime] = mapped_column(Instant)
