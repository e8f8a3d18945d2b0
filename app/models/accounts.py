"""People, and the organizations they belong to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, Partial


class User(Base):
    """A person."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    trial_address: Mapped[str] = mapped_column(String(254), index=True)  # without +tag
    name: Mapped[str] = mapped_column(String(80), default="")
    password_digest: Mapped[str | None] = mapped_column(String(200))
    password_set_at: Mapped[datetime | None] = mapped_column(Instant)  # None: since the sign-up
    email_verified_at: Mapped[datetime | None] = mapped_column(Instant)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    product_mails_off_at: Mapped[datetime | None] = mapped_column(Instant)  # None: they get them
    created_at: Mapped[datetime] = mapped_column(Instant)
    deletion_due_at: Mapped[datetime | None] = mapped_column(Instant)  # can be undone until then
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)


class Organization(Base):
    """Who owns keys, runs, tokens and the subscription; a person's own one is made at sign-up."""

    __tablename__ = "organizations"
    __table_args__ = (
        Partial(  # one open claim an address
            "ix_organizations_claim_email",
            "claim_email",
            unique=True,
            only="claimed_at IS NULL AND deleted_at IS NULL",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    personal_user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), unique=True)
    claimed_at: Mapped[datetime | None] = mapped_column(
        Instant
    )  # None: provisioned, not yet proved
    claim_email: Mapped[str | None] = mapped_column(String(254))
    suspended_at: Mapped[datetime | None] = mapped_column(Instant)
    suspended_reason: Mapped[str | None] = mapped_column(String(200))
    runs_paused_until: Mapped[datetime | None] = mapped_column(Instant)
    retention_days: Mapped[int | None] = mapped_column()  # None: for ever
    created_at: Mapped[datetime] = mapped_column(Instant)
    deletion_due_at: Mapped[datetime | None] = mapped_column(Instant)  # can be undone until then
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)


UNCLAIMED = and_(Organization.claimed_at.is_(None), Organization.deleted_at.is_(None))
"""Of an organization an agent had made: nobody has claimed it, and it has not ended."""


class Membership(Base):
    """A person's role in an organization."""

    __tablename__ = "memberships"
    __table_args__ = (CheckConstraint("role IN ('member', 'admin', 'owner')", name="role"),)

    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Instant)
