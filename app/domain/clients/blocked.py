"""Clients the operator shuts out: nobody connects by them, and what they were granted ends."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import insert
from app.domain import audit
from app.domain.clients import manage
from app.domain.clients.document_text import is_address
from app.domain.grants import end
from app.errors import NotFound
from app.kit import ids
from app.models.clients import Client


class Blocked(NamedTuple):
    """Which client it is, and how many connections ended."""

    name: str
    connections: int


def block(session: Session, client_id: str, now: datetime) -> Blocked:
    """Shut a client out from the next request on; an address is shut out before it was ever seen.

    Its row is held as an approval holds it: a connection is made before this, and ends, or never.
    """
    row = _held(session, client_id)
    if row is None and is_address(client_id):
        _note_address(session, client_id, now)
        row = _held(session, client_id)
    if row is None:
        raise _unknown()
    row.blocked_at = row.blocked_at or now
    session.flush()
    ended = end.of_client(session, row.id, "client_blocked", now, actor=audit.OPERATOR)
    manage.forget_consents(session, row.id)
    _write_down(session, row, "app.blocked", {"connections": ended}, now)
    return Blocked(row.name, ended)


def unblock(session: Session, client_id: str, now: datetime) -> Blocked:
    """Let a client in again; what ended stays ended, and is approved anew."""
    row = _held(session, client_id)
    if row is None or row.blocked_at is None:
        raise _unknown()
    row.blocked_at = None
    _write_down(session, row, "app.unblocked", {}, now)
    return Blocked(row.name, 0)


def _held(session: Session, client_id: str) -> Client | None:
    statement = select(Client).where(Client.client_id == client_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def _note_address(session: Session, address: str, now: datetime) -> None:
    """A client nobody has asked for yet: it has ended before its document was fetched."""
    row = {
        "id": ids.new("cli"),
        "client_id": address,
        "kind": "document",
        "name": (urlsplit(address).hostname or "")[:80],
        "redirect_uris": [],
        "auth_methods": "none",
        "grant_types": "",
        "scopes": "",
        "told": {},
        "client_credentials": False,
        "revision": 1,
        "created_at": now,
        "ended_at": now,
    }
    made = insert(session, Client).values(**row)
    session.execute(made.on_conflict_do_nothing(index_elements=["client_id"]))


def _write_down(
    session: Session, row: Client, action: str, facts: dict[str, int], now: datetime
) -> None:
    chain = row.organization_id or audit.INSTALLATION
    told = {"client": row.client_id, "name": row.name, **facts}
    audit.record(session, chain, audit.OPERATOR, action, row.id, told, now)


def _unknown() -> NotFound:
    return NotFound("There is no such client.", hint="Give its client_id as it sends it.")
