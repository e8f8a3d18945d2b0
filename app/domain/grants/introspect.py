"""Introspection (RFC 7662): a client learns about its own tokens, nobody about anybody else's."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.clients import find
from app.domain.clients.known import KnownClient
from app.domain.grants import tokens, userinfo
from app.kit import secrets
from app.models.accounts import Organization
from app.models.clients import Client
from app.models.grants import AccessToken, Grant, RefreshToken


def of(session: Session, client: KnownClient, token: str, now: datetime) -> dict[str, Any] | None:
    """What a living token of this client stands for; anything else is None."""
    table = _TABLES.get(token[: len(tokens.ACCESS)])
    if table is None:
        return None
    found = session.execute(
        select(table, Grant, Client)
        .join(Grant, Grant.id == table.grant_id)
        .join(Client, Client.id == Grant.client_id)
        .join(Organization, Organization.id == Grant.organization_id)
        .where(
            table.digest == secrets.digest(token),
            Client.id == client.id,
            Client.ended_at.is_(None),
            Grant.ended_at.is_(None),
            Grant.expires_at > now,
            Organization.suspended_at.is_(None),
            Organization.deletion_due_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    row, grant, owner = found
    return _told(row, grant, owner, now)  # type: ignore[arg-type] # mypy joins the two tables to Base


def holder(session: Session, token: str) -> KnownClient | None:
    """The public client that may ask about a token by showing the token itself."""
    table = _TABLES.get(token[: len(tokens.ACCESS)])
    if table is None:
        return None
    client_id = session.scalar(
        select(Grant.client_id)
        .join(table, table.grant_id == Grant.id)
        .where(table.digest == secrets.digest(token))
    )
    client = find.by_row_id(session, client_id) if client_id else None
    return client if client is not None and client.is_public else None


def grant_of(session: Session, client: KnownClient, token: str) -> str | None:
    """The grant of a token of this client, dead or alive."""
    table = _TABLES.get(token[: len(tokens.ACCESS)])
    if table is None:
        return None
    return session.scalar(
        select(Grant.id)
        .join(table, table.grant_id == Grant.id)
        .where(table.digest == secrets.digest(token), Grant.client_id == client.id)
    )


def _told(
    row: AccessToken | RefreshToken, grant: Grant, client: Client, now: datetime
) -> dict[str, Any] | None:
    if grant.subject_kind == "client" and not client.client_credentials:
        return None
    facts = _of_access(row, grant) if isinstance(row, AccessToken) else _of_refresh(row, grant)
    if facts is None or facts["exp"] <= now.timestamp():
        return None
    return facts | {
        "active": True,
        "client_id": client.client_id,
        "scope": row.scopes,
        "sub": userinfo.subject(grant, client),
        "sub_type": grant.subject_kind,
        "iat": int(row.created_at.timestamp()),
    }


def _of_access(row: AccessToken, grant: Grant) -> dict[str, Any]:
    """Good as long as its grant, whose end may have been moved closer since."""
    ends = int(min(row.expires_at, grant.expires_at).timestamp())
    return {"token_type": "Bearer", "audience": row.audience, "exp": ends}


def _of_refresh(row: RefreshToken, grant: Grant) -> dict[str, Any] | None:
    """One that was exchanged is good for a repeat at most."""
    if row.rotated_at is not None:
        return None
    ends = int(grant.expires_at.timestamp())
    return {"token_type": "refresh_token", "audience": grant.audience, "exp": ends}


_TABLES: dict[str, type[AccessToken] | type[RefreshToken]] = {
    tokens.ACCESS: AccessToken,
    tokens.REFRESH: RefreshToken,
}
