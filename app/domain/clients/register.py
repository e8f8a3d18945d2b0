"""Clients that register themselves (RFC 7591): each is its own, however alike two are."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.domain.clients import metadata, secrets
from app.domain.clients.metadata import LINKS, Metadata
from app.kit import clock, ids
from app.kit import secrets as kit
from app.models.clients import Client

CLIENT_ID = "polis_ci_"
TOKEN = "polis_crt_"  # noqa: S105 # a prefix, no secret


class Registered(NamedTuple):
    """A registration at the only moment its secrets are known."""

    client_id: str
    facts: dict[str, Any]  # what is echoed
    token: str
    secret: str | None  # None: a public client, or one whose secret stays as it is


def register(
    session: Session, asked: dict[str, Any], *, own_host: str, address: str, now: datetime
) -> Registered:
    """Keep a new client as it says it is."""
    said = metadata.read(asked, own_host)
    token = kit.mint(TOKEN)
    row = Client(
        id=ids.new("cli"),
        client_id=kit.mint(CLIENT_ID),
        kind="registered",
        registration_digest=kit.digest(token),
        created_at=now,
        created_from=address,
    )
    fill(row, said)
    session.add(row)
    session.flush()
    secret = secrets.issue(session, row.id, now) if has_secret(row) else None
    return Registered(row.client_id, echo(row), token, secret)


def fill(row: Client, said: Metadata) -> None:
    """Put what a client says into its row."""
    row.name = said.name
    row.redirect_uris = list(said.redirect_uris)
    row.auth_methods = said.auth_method
    row.grant_types = " ".join(said.grant_types)
    row.scopes = " ".join(said.scopes)
    row.jwks, row.jwks_uri, row.told = said.jwks, said.jwks_uri, said.told
    for field, link in said.links.items():
        setattr(row, field, link)


def has_secret(row: Client) -> bool:
    """Whether a client proves itself by a secret."""
    return row.auth_methods in metadata.SECRETS


def echo(row: Client) -> dict[str, Any]:
    """A registration as it is told back: nothing that is empty (RFC 7591 §3.2.1)."""
    facts = {
        "client_id": row.client_id,
        "client_id_issued_at": clock.milliseconds(row.created_at) // 1000,
        "redirect_uris": row.redirect_uris,
        "token_endpoint_auth_method": row.auth_methods,
        "grant_types": row.grant_types.split(),
        "response_types": ["code"] if metadata.CODE in row.grant_types.split() else [],
        "scope": row.scopes,
        "jwks": row.jwks,
        "jwks_uri": row.jwks_uri,
        **{field: getattr(row, field) for field in LINKS},
        **row.told,
    }
    return {field: value for field, value in facts.items() if value not in (None, "", [])}
