"""OAuth clients: registered by themselves, known by a metadata document, or made by a developer."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, JsonText


class Client(Base):
    """One client; what it may do, where its codes may go, and how long its tokens live."""

    __tablename__ = "clients"
    __table_args__ = (
        CheckConstraint("kind IN ('registered', 'document', 'developer')", name="kind"),
        Index("ix_clients_unused", "last_used_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(500), unique=True)  # polis_ci_… or an address
    kind: Mapped[str] = mapped_column(String(12))
    organization_id: Mapped[str | None] = mapped_column(
        ForeignKey("organizations.id"), index=True
    )  # of developer apps
    name: Mapped[str] = mapped_column(String(80))
    redirect_uris: Mapped[Any] = mapped_column(JsonText)
    auth_methods: Mapped[str] = mapped_column(String(120))  # space-separated, as registered
    grant_types: Mapped[str] = mapped_column(String(200))  # space-separated
    scopes: Mapped[str] = mapped_column(String(120))  # the most it may ask for
    client_uri: Mapped[str | None] = mapped_column(Text)
    logo_uri: Mapped[str | None] = mapped_column(Text)
    tos_uri: Mapped[str | None] = mapped_column(Text)
    policy_uri: Mapped[str | None] = mapped_column(Text)
    jwks: Mapped[Any] = mapped_column(JsonText, nullable=True)
    jwks_uri: Mapped[str | None] = mapped_column(Text)
    told: Mapped[Any] = mapped_column(JsonText)  # what registration echoes beyond the columns
    registration_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    access_life_s: Mapped[int | None] = mapped_column()  # None: the installation's own
    refresh_life_s: Mapped[int | None] = mapped_column()
    client_credentials: Mapped[bool] = mapped_column(default=False)  # switched on by its owner
    verified_at: Mapped[datetime | None] = mapped_column(Instant)  # marked by the operator
    revision: Mapped[int] = mapped_column(default=1)  # raised where consent to it no longer holds
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_from: Mapped[str | None] = mapped_column(String(45))
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)  # None: never
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)  # by the operator


class ClientSecret(Base):
    """A secret of a confidential client; two are good while one is rotated."""

    __tablename__ = "client_secrets"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    last_four: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class ClientDocument(Base):
    """A metadata document as last fetched, or why it could not be."""

    __tablename__ = "client_documents"

    address: Mapped[str] = mapped_column(String(500), primary_key=True)
    body: Mapped[Any] = mapped_column(JsonText, nullable=True)  # None: never fetched
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    fetched_at: Mapped[datetime | None] = mapped_column(Instant)
    fresh_until: Mapped[datetime] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    failure: Mapped[str | None] = mapped_column(String(80))


class KeySet(Base):
    """Public keys somebody publishes at an address, as last fetched."""

    __tablename__ = "key_sets"

    address: Mapped[str] = mapped_column(String(500), primary_key=True)
    body: Mapped[Any] = mapped_column(JsonText, nullable=True)  # None: never fetched
    fetched_at: Mapped[datetime | None] = mapped_column(Instant)
    tried_at: Mapped[datetime] = mapped_column(Instant)


class ClientLogo(Base):
    """A client's logo as we drew it anew; nothing of the fetched file is kept."""

    __tablename__ = "client_logos"

    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    source: Mapped[str] = mapped_column(Text)  # another address is fetched again
    png: Mapped[bytes | None] = mapped_column(LargeBinary)  # None: it was no picture
    tried_at: Mapped[datetime] = mapped_column(Instant)


class ClientAssertion(Base):
    """The `jti` of a client's signed assertion: each is good once (RFC 7523 §3)."""

    __tablename__ = "client_assertions"

    client_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    jti: Mapped[str] = mapped_column(String(200), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
