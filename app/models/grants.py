"""Grants: what somebody allowed a client, and the codes and tokens that came of it.

Secrets are kept as digests. A grant is the family of its tokens: it ends, and they all do.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class Grant(Base):
    """One consent of one person to one client, for one organization."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("subject_kind IN ('user', 'organization', 'client')", name="subject_kind"),
        Index("ix_grants_organization", "organization_id", "app"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)  # who approved
    subject_kind: Mapped[str] = mapped_column(String(12))
    app: Mapped[str] = mapped_column(String(64))  # same name and redirect hosts: shown as one
    scopes: Mapped[str] = mapped_column(String(120))  # space-separated
    audience: Mapped[str | None] = mapped_column(String(20))  # path of a name; None: both names
    redirect_uri: Mapped[str | None] = mapped_column(String(500))
    client_revision: Mapped[int] = mapped_column()  # the client as it was approved
    document_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    monthly_cap_tokens: Mapped[int | None] = mapped_column()  # None: no limit of its own
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)  # absolute, however often refreshed
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_because: Mapped[str | None] = mapped_column(String(40))
    first_used_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_from: Mapped[str | None] = mapped_column(String(45))
    requests: Mapped[int] = mapped_column(default=0)
    elicits_url: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # as its client's last handshake said
    never_sells: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # the same for every connection of its app to the organization


class Consent(Base):
    """A person's standing yes: the same request is not asked again while all of it holds."""

    __tablename__ = "consents"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    scopes: Mapped[str] = mapped_column(String(120))
    redirect_uri: Mapped[str] = mapped_column(String(500))
    client_revision: Mapped[int] = mapped_column()
    document_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    monthly_cap_tokens: Mapped[int | None] = mapped_column()
    given_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)


class ConsentForm(Base):
    """A consent page that was shown: bound to its session and its request, good once."""

    __tablename__ = "consent_forms"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    request: Mapped[Any] = mapped_column(JsonText)  # the checked authorization request
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class AuthorizationCode(Base):
    """A code until it expires: used ones stay, so that a replay is seen."""

    __tablename__ = "authorization_codes"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("grants.id"), index=True)
    redirect_uri: Mapped[str] = mapped_column(String(500))
    challenge: Mapped[str] = mapped_column(String(128))  # S256 (RFC 7636)
    nonce: Mapped[str | None] = mapped_column(Text)
    authenticated_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class AccessToken(Base):
    """A bearer of a grant; it is looked up with every request and never cached."""

    __tablename__ = "access_tokens"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("grants.id"), index=True)
    scopes: Mapped[str] = mapped_column(String(120))
    audience: Mapped[str | None] = mapped_column(String(20))  # path of a name; None: both names
    last_four: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class RefreshToken(Base):
    """A link of a family's chain; its successor is derived from it, never stored."""

    __tablename__ = "refresh_tokens"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    grant_id: Mapped[str] = mapped_column(ForeignKey("grants.id"), index=True)
    scopes: Mapped[str] = mapped_column(String(120))
    last_four: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(Instant)
    previous: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # digest of the link before
    rotated_at: Mapped[datetime | None] = mapped_column(Instant)  # when its successor was asked for
    rotated_scopes: Mapped[str | None] = mapped_column(String(120))  # what a repeat must ask for
    rotated_audience: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)  # its successor was refreshed


class DeviceRequest(Base):
    """A device that waits for somebody to approve it elsewhere (RFC 8628)."""

    __tablename__ = "device_requests"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)  # of the device code
    user_code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    scopes: Mapped[str] = mapped_column(String(120))
    audience: Mapped[str | None] = mapped_column(String(20))
    asked_from: Mapped[str] = mapped_column(String(45))
    user_agent: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    polled_at: Mapped[datetime | None] = mapped_column(Instant)
    interval_s: Mapped[int] = mapped_column()  # grows with every poll that comes too early
    denied_at: Mapped[datetime | None] = mapped_column(Instant)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("grants.id"))
    authenticated_at: Mapped[datetime | None] = mapped_column(Instant)  # of who approved
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SigningKey(Base):
    """A key of our id_tokens; the private half is encrypted under the installation's secret."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(String(40), primary_key=True)
    algorithm: Mapped[str] = mapped_column(String(8))  # RS256 | ES256
    public: Mapped[Any] = mapped_column(JsonText)
    private: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    signs_until: Mapped[datetime] = mapped_column(Instant)
    told_until: Mapped[datetime] = mapped_column(Instant)  # in the key set a while longer
