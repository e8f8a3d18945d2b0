"""Challenges of passkeys: each for one browser and purpose, once, for five minutes."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.db import changed
from app.models.factors import PasskeyChallenge

LIFE = timedelta(minutes=5)
_BYTES = 32


def make(
    session: Session, purpose: str, browser: str, now: datetime, *, user_id: str | None = None
) -> bytes:
    """A new challenge."""
    challenge = secrets.token_bytes(_BYTES)
    session.add(
        PasskeyChallenge(
            digest=sha256(challenge).digest(),
            purpose=purpose,
            user_id=user_id,
            browser=browser,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return challenge


def take(
    session: Session,
    challenge: bytes,
    purpose: str,
    browser: str,
    now: datetime,
    *,
    user_id: str | None = None,
) -> bool:
    """Use a challenge up; False where this browser was not given it, or too long ago."""
    which = (
        PasskeyChallenge.digest == sha256(challenge).digest(),
        PasskeyChallenge.purpose == purpose,
        PasskeyChallenge.browser == browser,
        PasskeyChallenge.expires_at > now,
        or_(PasskeyChallenge.user_id.is_(None), PasskeyChallenge.user_id == user_id),
    )
    return changed(session, delete(PasskeyChallenge).where(*which)) == 1


def forget_old(session: Session, now: datetime) -> int:
    """Drop challenges nobody can answer any more."""
    return changed(session, delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now))
