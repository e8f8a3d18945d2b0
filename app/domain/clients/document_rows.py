"""Writes what a fetch brought: the document as it is kept, and the client it describes."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarResult, delete, exists, select
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain import audit
from app.domain.clients import shipped
from app.domain.clients.document_text import Described
from app.domain.grants import end
from app.kit import ids
from app.models.clients import Client, ClientDocument

REMEMBERED = timedelta(days=1)  # a refusal, for whoever asks why

# Whoever approved one of these must be asked again when it is another.
_MATTERS = ("name", "redirect_uris", "auth_methods", "scopes", "jwks", "jwks_uri")


def keep(
    session: Session,
    address: str,
    found: Described,
    *,
    digest: bytes,
    fetched_at: datetime | None,
    fresh_until: datetime,
    now: datetime,
) -> None:
    """Keep a valid document and make, or bring up to date, the client it describes."""
    facts = found._asdict()
    values = {"body": facts, "digest": digest, "fresh_until": fresh_until, "failure": None}
    _put(session, address, {**values, "fetched_at": fetched_at, "failed_at": None})
    _make(session, address, facts, now)
    row = _clients(session, address).one()
    if row.blocked_at is not None:  # while it was fetched
        return
    if row.ended_at is not None or any(getattr(row, name) != facts[name] for name in _MATTERS):
        row.revision += 1
        row.ended_at = None
        row.verified_at = None  # the operator vouched for what it was
    for name, value in facts.items():
        setattr(row, name, value)


def note_outage(
    session: Session, address: str, failure: str, retry_at: datetime, now: datetime
) -> None:
    """Remember that a document could not be fetched; what is kept of it stays."""
    _put(session, address, {"failed_at": now, "failure": failure, "fresh_until": retry_at})


def end_client(
    session: Session, address: str, failure: str, retry_at: datetime, now: datetime
) -> None:
    """A document that is gone or invalid ends its client and everything granted to it."""
    gone = {"body": None, "digest": None, "fetched_at": now}  # its owner did answer
    _put(session, address, {**gone, "failed_at": now, "failure": failure, "fresh_until": retry_at})
    row = _clients(session, address).one_or_none()
    if row is not None and row.ended_at is None:
        row.ended_at = now
        end.of_client(session, row.id, "document_gone", now)
        facts = {"client": address, "because": failure}
        audit.record(session, audit.INSTALLATION, row.id, "app.ended", row.id, facts, now)


def forget_old(session: Session, now: datetime) -> int:
    """Drop what never became a client; a vendor's refusal stays, or our copy would overrule it."""
    which = (
        ClientDocument.body.is_(None),
        ClientDocument.failed_at < now - REMEMBERED,
        ClientDocument.address.not_in(shipped.addresses()),
        ~exists().where(Client.client_id == ClientDocument.address),
    )
    return changed(session, delete(ClientDocument).where(*which))


def _put(session: Session, address: str, values: dict[str, Any]) -> None:
    session.execute(
        insert(session, ClientDocument)
        .values(address=address, **values)
        .on_conflict_do_update(index_elements=["address"], set_=values)
    )


def _make(session: Session, address: str, facts: dict[str, Any], now: datetime) -> None:
    session.execute(
        insert(session, Client)
        .values(
            id=ids.new("cli"),
            client_id=address,
            kind="document",
            client_credentials=False,
            revision=1,
            created_at=now,
            **facts,
        )
        .on_conflict_do_nothing(index_elements=["client_id"])
    )


def _clients(session: Session, address: str) -> ScalarResult[Client]:
    statement = select(Client).where(Client.client_id == address).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True))
