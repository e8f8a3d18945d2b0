"""Links that show one report to whoever has them: 256 bits, kept as a digest, until a day."""

from datetime import datetime

from sqlalchemy import ColumnElement

from app.models.shares import ShareLink

PREFIX = "polis_sh_"
DAYS = (7, 30, 90)
DEFAULT_DAYS = 30


def living(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The condition of a link that works."""
    return ShareLink.revoked_at.is_(None), ShareLink.expires_at > now
