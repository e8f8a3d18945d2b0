"""Who asks somebody to pay: the key or app behind a credential, its person, what its client can."""

from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.kit import ids
from app.models.clients import Client
from app.models.credentials import ApiKey
from app.models.grants import Grant


class Asker(NamedTuple):
    """A credential that still works, as its person knows it."""

    user_id: str | None  # None: it acts for the organization, not for a person
    kind: str  # key | app
    name: str
    elicits_url: bool  # as its client's last handshake said


def of(session: Session, credential_id: str) -> Asker | None:
    """Who stands behind a credential; None once it was revoked or its connection ended."""
    if ids.is_id("grt", credential_id):
        grant = session.execute(
            select(Grant.user_id, Grant.subject_kind, Client.name, Grant.elicits_url)
            .join(Client, Client.id == Grant.client_id)
            .where(Grant.id == credential_id, Grant.ended_at.is_(None))
        ).one_or_none()
        if grant is None:
            return None
        user_id, subject_kind, name, elicits = grant
        return Asker(user_id if subject_kind == "user" else None, "app", name, elicits)
    key = session.execute(
        select(ApiKey.user_id, ApiKey.name, ApiKey.elicits_url).where(
            ApiKey.id == credential_id, ApiKey.revoked_at.is_(None)
        )
    ).one_or_none()
    return None if key is None else Asker(key[0], "key", key[1], key[2])


def greeted(session: Session, credential_id: str, *, elicits_url: bool) -> None:
    """Keep what a handshake said: its era says it once, and we keep no session to hold it.

    Where several clients share a key, the last to greet us speaks for it.
    """
    table = Grant if ids.is_id("grt", credential_id) else ApiKey
    session.execute(update(table).where(table.id == credential_id).values(elicits_url=elicits_url))
