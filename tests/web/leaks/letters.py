"""Mails that are written down to be sent."""

from sqlalchemy import select

from app.models.accounts import User
from app.models.work import Work


def letters(services, who) -> list[dict]:
    """What one person is going to be mailed."""
    with services.database.reading() as session:
        address = session.scalar(select(User.email).where(User.id == who.user_id))
        recorded = session.scalars(select(Work.payload).where(Work.kind == "send_mail")).all()
    return [payload for payload in recorded if payload["recipient"] == address]
