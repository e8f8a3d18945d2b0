"""What lets somebody in: API keys, and the sessions of signed-in browsers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class ApiKey(Base):
    """A secret that acts for one organization; a rolled key shares the lineage of its first."""

    __tablename__ = "api_keys"
    __table_args__ = (
        CheckConstraint("book IN ('live', 'test')", name="book"),
        Index("ix_api_keys_organization", "organization_id", "id"),
        Index("ix_api_keys_user", "user_id", "id"),
        Index("ix_api_keys_rolled_from", "rolled_from_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    lineage_id: Mapped[str] = mapped_column(
        String(40), index=True
    )  # id of the first key rolled from
    rolled_from_id: Mapped[str | None] = mapped_column(ForeignKey("api_keys.id"))
    name: Mapped[str] = mapped_column(String(80))
    book: Mapped[str] = mapped_column(String(4))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    prefix: Mapped[str] = mapped_column(String(16))  # what is shown afterwards
    last_four: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[str] = mapped_column(String(60))  # space-separated
    monthly_cap_tokens: Mapped[int | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_from: Mapped[str | None] = mapped_column(String(45))
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    warned_days: Mapped[int | None] = mapped_column()  # before its end, by the last mail about it
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_from: Mapped[str | None] = mapped_column(String(45))
    requests: Mapped[int] = mapped_column(default=0)
    elicits_url: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # as its client's last handshake said
    never_sells: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # it runs tests, and is not offered to buy tokens


class SignInSession(Base):
    """A signed-in browser; the cookie holds the secret, we hold its digest."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    authenticated_at: Mapped[datetime] = mapped_column(Instant)  # the last fresh sign-in
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    organization_id: Mapped[str | None] = mapped_column(
        ForeignKey("organizations.id")
    )  # looked at; None: their own
    address: Mapped[str] = mapped_column(String(45))
    user_agent: Mapped[str] = mapped_column(String(300))
