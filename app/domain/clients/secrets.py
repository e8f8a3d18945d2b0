"""Secrets of confidential clients: shown once, kept as digests, two good while one is rotated."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.kit import ids, secrets
from app.models.clients import ClientSecret

PREFIX = "polis_cs_"
OVERLAP = timedelta(hours=24)


def issue(session: Session, client_row_id: str, now: datetime) -> str:
    """A new secret besides those there are."""
    secret = secrets.mint(PREFIX)
    session.add(
        ClientSecret(
            id=ids.new("csec"),
            client_id=client_row_id,
            digest=secrets.digest(secret),
            last_four=secret[-4:],
            created_at=now,
        )
    )
    session.flush()
    return secret


def rotate(
    session: Session, client_row_id: str, now: datetime, overlap: timedelta = OVERLAP
) -> str:
    """A new secret; the newest before it stays good for the overlap, older ones end now."""
    before = session.scalars(
        select(ClientSecret)
        .where(*_good(client_row_id, now))
        .order_by(ClientSecret.id.desc())
        .with_for_update()
    ).all()
    for number, row in enumerate(before):
        ends = now + overlap if number == 0 else now
        row.expires_at = ends if row.expires_at is None else min(row.expires_at, ends)
    return issue(session, client_row_id, now)


def good(session: Session, client_row_id: str, now: datetime) -> list[ClientSecret]:
    """The secrets a client may prove itself by, the newest first."""
    statement = select(ClientSecret).where(*_good(client_row_id, now))
    return list(session.scalars(statement.order_by(ClientSecret.id.desc())))


def matches(session: Session, client_row_id: str, secret: str, now: datetime) -> bool:
    """Whether a client presented one of its good secrets."""
    if not secrets.well_formed(PREFIX, secret):
        return False
    which = (*_good(client_row_id, now), ClientSecret.digest == secrets.digest(secret))
    return session.scalar(select(ClientSecret.id).where(*which)) is not None


def told(session: Session, client_row_id: str, secret: str, now: datetime) -> bool:
    """Whether a client names a secret it was told: a good one, or any where none is good."""
    if matches(session, client_row_id, secret, now):
        return True
    which = (ClientSecret.client_id == client_row_id, ClientSecret.digest == secrets.digest(secret))
    was_its = session.scalar(select(ClientSecret.id).where(*which)) is not None
    return was_its and not good(session, client_row_id, now)


def end(session: Session, client_row_id: str, now: datetime) -> int:
    """End every secret of a client; says how many were good."""
    statement = update(ClientSecret).where(*_good(client_row_id, now)).values(revoked_at=now)
    return changed(session, statement)


def forget(session: Session, client_row_ids: list[str]) -> None:
    """Drop the secrets of clients that go altogether."""
    changed(session, delete(ClientSecret).where(ClientSecret.client_id.in_(client_row_ids)))


def _good(client_row_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ClientSecret.client_id == client_row_id,
        ClientSecret.revoked_at.is_(None),
        or_(ClientSecret.expires_at.is_(None), ClientSecret.expires_at > now),
    )
