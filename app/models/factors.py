"""What lets a person in besides a password: second factors, passkeys, accounts elsewhere."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant


class Authenticator(Base):
    """An app that shows a new code every half minute (RFC 6238); its seed is sealed."""

    __tablename__ = "authenticators"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_under: Mapped[str] = mapped_column(String(16), index=True)  # name of the key
    last_step: Mapped[int] = mapped_column(BigInteger)  # of the last code taken: none comes twice
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime] = mapped_column(Instant)


class RecoveryCode(Base):
    """A code for the day every other factor is lost; it works once."""

    __tablename__ = "recovery_codes"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Passkey(Base):
    """A passkey: the public half of a key that never leaves its owner's device or vault."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)  # COSE (RFC 9052)
    sign_count: Mapped[int] = mapped_column(BigInteger)  # 0 for ever where it is synchronised
    synced: Mapped[bool] = mapped_column()  # kept by a vault on several devices
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)


class PasskeyChallenge(Base):
    """A challenge one browser was given; answering it, rightly or not, uses it up."""

    __tablename__ = "passkey_challenges"
    __table_args__ = (
        CheckConstraint("purpose IN ('register', 'sign_in', 'second')", name="purpose"),
    )

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    browser: Mapped[str] = mapped_column(String(40))  # the mark of the one that asked
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class SecondStep(Base):
    """A sign-in whose first half is done: its browser holds the secret, we hold the digest."""

    __tablename__ = "second_steps"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    new_password: Mapped[str | None] = mapped_column(String(200))  # digest of one chosen by a reset
    onward: Mapped[str] = mapped_column(Text)  # path to go on to, ours
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Identity(Base):
    """An account at a provider that signs a person in, known by the provider's own subject id."""

    __tablename__ = "identities"

    provider: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    # What the provider calls it, shown and not compared; `name` is what a release before wrote.
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
