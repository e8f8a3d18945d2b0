"""The keys of our id_tokens: told a while before they sign, and a while after."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.grants import SigningKey

ALGORITHMS = ("RS256", "ES256")
SIGNS = timedelta(days=90)
AHEAD = timedelta(days=7)  # a successor is told this long before it signs
AFTER = timedelta(days=30)  # what a key signed can be checked this long after its last day


def due(session: Session, now: datetime) -> list[str]:
    """The algorithms that want a new key: none signs, or the last one will not for long."""
    lasting = select(SigningKey.algorithm).where(SigningKey.signs_until > now + AHEAD)
    there = set(session.scalars(lasting))
    return [algorithm for algorithm in ALGORITHMS if algorithm not in there]


def add(session: Session, key: SigningKey, now: datetime) -> None:
    """Keep a new key, unless another process was first."""
    if key.algorithm in due(session, now):
        session.add(key)
        session.flush()


def told(session: Session, now: datetime) -> dict[str, Any]:
    """The key set (RFC 7517): every key that signs, will sign, or signed lately."""
    rows = select(SigningKey).where(SigningKey.told_until > now).order_by(SigningKey.kid)
    return {"keys": [row.public for row in session.scalars(rows)]}


def signer(session: Session, algorithm: str, now: datetime) -> SigningKey:
    """The key that signs now: the oldest that may, so that its successor is known by then."""
    return session.scalars(
        select(SigningKey)
        .where(SigningKey.algorithm == algorithm, SigningKey.signs_until > now)
        .order_by(SigningKey.created_at, SigningKey.kid)
        .limit(1)
    ).one()
