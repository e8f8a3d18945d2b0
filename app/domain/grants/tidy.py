"""Codes, tokens and keys whose time is over are dropped; grants stay, as what a person allowed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.db import changed
from app.models.grants import AccessToken, AuthorizationCode, Grant, RefreshToken, SigningKey

KEPT = timedelta(days=30)  # a dead token still says why it is dead for so long


def forget_old(session: Session, now: datetime) -> int:
    """Drop what nobody can use any more; gives how many rows went."""
    before = now - KEPT
    over = select(Grant.id).where(or_(Grant.expires_at <= before, Grant.ended_at <= before))
    return sum(
        changed(session, statement)
        for statement in (
            delete(AuthorizationCode).where(AuthorizationCode.expires_at <= now),
            delete(AccessToken).where(AccessToken.expires_at <= before),
            delete(AccessToken).where(AccessToken.grant_id.in_(over)),
            delete(RefreshToken).where(RefreshToken.grant_id.in_(over)),
            delete(SigningKey).where(SigningKey.told_until <= now),
        )
    )
