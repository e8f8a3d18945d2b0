"""A client by the id it sends; one that has ended is not there any more, a blocked one is told."""

from collections import namedtuple
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.db import Database, Query
from app.domain.clients import verified
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import ClientBlocked
from app.models.clients import Client, ClientDocument

_LINKS = ("client_uri", "logo_uri", "tos_uri", "policy_uri")


def by_client_id(where: Session | Database, client_id: str) -> KnownClient | None:
    """The client that calls itself so, as it stands now; a blocked one is refused by that word."""
    if not _could_be_one(client_id):
        return None
    return _BY_CLIENT_ID.one(where, client_id=client_id)


def by_row_id(session: Session, row_id: str) -> KnownClient | None:
    """The client of one of our rows, as it stands now."""
    return _BY_ROW_ID.one(session, row_id=row_id)


def known(row: Client, document_digest: bytes | None = None) -> KnownClient:
    """A row as the rest of Polis sees it."""
    links = {name: getattr(row, name) for name in _LINKS}
    return KnownClient(
        id=row.id,
        client_id=row.client_id,
        kind=row.kind,
        name=row.name,
        organization_id=row.organization_id,
        redirect_uris=tuple(row.redirect_uris),
        auth_methods=tuple(row.auth_methods.split()),
        grant_types=tuple(row.grant_types.split()),
        scopes=tuple(row.scopes.split()),
        verified=verified.is_verified(row),
        client_credentials=row.client_credentials,
        access_life_s=row.access_life_s,
        refresh_life_s=row.refresh_life_s,
        revision=row.revision,
        document_digest=document_digest,
        links={name: link for name, link in links.items() if link},
        jwks=row.jwks,
        jwks_uri=row.jwks_uri,
    )


def _could_be_one(client_id: str) -> bool:
    """Rubbish never reaches a query: PostgreSQL refuses some of it as no text at all."""
    return len(client_id) <= 500 and client_id.isascii() and client_id.isprintable()


def _found(document_digest: bytes | None, *columns: Any) -> KnownClient:
    row = cast("Client", _Row(*columns))
    if row.blocked_at is not None:
        raise ClientBlocked
    return known(row, document_digest)


def _where(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(ClientDocument.digest, *_COLUMNS.values())
        .select_from(Client)
        .outerjoin(ClientDocument, ClientDocument.address == Client.client_id)
        .where(which)
    )


_COLUMNS = {column.key: getattr(Client, column.key) for column in Client.__table__.c}
_Row = namedtuple("_Row", list(_COLUMNS))  # type: ignore[misc] # noqa: PYI024 # reads like a Client and costs a tenth of one
_LIVING = Client.ended_at.is_(None)
_TOLD = or_(_LIVING, Client.blocked_at.is_not(None))
_OPEN = and_(_LIVING, Client.blocked_at.is_(None))
_BY_CLIENT_ID = Query(_where(and_(Client.client_id == bindparam("client_id"), _TOLD)), _found)
_BY_ROW_ID = Query(_where(and_(Client.id == bindparam("row_id"), _OPEN)), _found)
