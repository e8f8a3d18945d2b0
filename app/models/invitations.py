"""Invitations: who was asked by mail to join an organization."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, Partial


class Invitation(Base):
    """One invitation; its link is minted when the mail is sent, and we hold its digest."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("role IN ('member', 'admin', 'owner')", name="role"),
        Index("ix_invitations_organization", "organization_id", "id"),
        Partial(  # one that is open for an address in an organization
            "ix_invitations_open",
            "organization_id",
            "email",
            unique=True,
            only="accepted_at IS NULL AND revoked_at IS NULL",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    email: Mapped[str] = mapped_column(String(254), index=True)  # lower case
    role: Mapped[str] = mapped_column(String(10))
    invited_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)  # of the last link
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
