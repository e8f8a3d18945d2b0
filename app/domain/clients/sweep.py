"""Registrations nobody ever approved go after a day; used ones stay for good."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.clients import secrets
from app.models.clients import Client, ClientLogo
from app.models.grants import DeviceRequest, Grant

UNUSED_FOR = timedelta(hours=24)
_AT_ONCE = 500


def unused(session: Session, now: datetime) -> int:
    """Drop the registrations that were never used; says how many went."""
    asked_for = exists().where(Grant.client_id == Client.id)
    waiting = exists().where(DeviceRequest.client_id == Client.id)
    which = (
        select(Client.id)
        .where(
            Client.kind == "registered",
            Client.last_used_at.is_(None),
            Client.blocked_at.is_(None),
            Client.created_at < now - UNUSED_FOR,
            ~asked_for,
            ~waiting,
        )
        .order_by(Client.created_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)  # one that is being approved is left alone
    )
    ids = list(session.scalars(which))
    secrets.forget(session, ids)
    changed(session, delete(ClientLogo).where(ClientLogo.client_id.in_(ids)))
    return changed(session, delete(Client).where(Client.id.in_(ids)))
