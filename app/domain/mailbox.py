"""The mailbox of development: mail that would have left, kept to be read at `/dev/mail`."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.kit import ids
from app.models.sign_in import DevelopmentMail

_KEPT = 200


class Kept(NamedTuple):
    """A mail in the mailbox; its words are sealed, for they may hold a link."""

    recipient: str
    subject: str
    sealed: str
    sent_at: datetime


def keep(session: Session, recipient: str, subject: str, sealed: str, now: datetime) -> None:
    """Put a mail in; the oldest go."""
    row = DevelopmentMail(
        id=ids.new("mail"),
        recipient=recipient,
        subject=subject,
        body=sealed,
        headers={},
        sent_at=now,
    )
    session.add(row)
    newest = select(DevelopmentMail.id).order_by(DevelopmentMail.id.desc()).limit(_KEPT)
    session.execute(delete(DevelopmentMail).where(DevelopmentMail.id.not_in(newest)))


def listed(session: Session, recipient: str = "") -> list[Kept]:
    """What was sent, newest first, to one address or to all."""
    statement = select(
        DevelopmentMail.recipient,
        DevelopmentMail.subject,
        DevelopmentMail.body,
        DevelopmentMail.sent_at,
    ).order_by(DevelopmentMail.id.desc())
    if recipient:
        statement = statement.where(DevelopmentMail.recipient == recipient)
    return [Kept(*row) for row in session.execute(statement)]
