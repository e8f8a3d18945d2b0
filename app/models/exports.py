"""Exports: everything of an organization in one file, made by a worker, kept for a week."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class Export(Base):
    """One export; its file lies under the instance folder by the name of its id."""

    __tablename__ = "exports"
    __table_args__ = (Index("ix_exports_organization", "organization_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    asked_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    ready_at: Mapped[datetime | None] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    size: Mapped[int | None] = mapped_column(BigInteger)  # bytes
