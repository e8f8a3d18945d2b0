"""A registration read, changed and ended by whoever holds its token (RFC 7592)."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.clients import metadata, secrets
from app.domain.clients.refusals import ClientBlocked, InvalidMetadata, InvalidRegistrationToken
from app.domain.clients.register import TOKEN, Registered, echo, fill, has_secret
from app.domain.grants import end
from app.kit import secrets as kit
from app.models.clients import Client
from app.models.grants import Consent


def read(session: Session, client_id: str, token: str) -> Registered:
    """The registration as it stands; its token stays."""
    row = _own(session, client_id, token)
    return Registered(row.client_id, echo(row), token, None)


def change(
    session: Session,
    client_id: str,
    token: str,
    asked: dict[str, Any],
    *,
    own_host: str,
    now: datetime,
) -> Registered:
    """Put another registration in its place under a new token; other codes' places end grants."""
    row = _own(session, client_id, token, lock=True)
    _refuse_another(session, row, asked, now)
    said = metadata.read(asked, own_host)
    before = identity(row)
    fill(row, said)
    if identity(row) != before:
        row.revision += 1
        row.verified_at = None  # the operator vouched for what it was
        end.of_client(session, row.id, "client_changed", now)
        forget_consents(session, row.id)
    new = kit.mint(TOKEN)
    row.registration_digest = kit.digest(new)
    kept = _text(asked.get("client_secret")) if has_secret(row) else None
    secret = _settle_secret(session, row, now)
    return Registered(row.client_id, echo(row), new, secret or kept)


def remove(session: Session, client_id: str, token: str, now: datetime) -> None:
    """End a registration, and with it everything it was granted."""
    close(session, _own(session, client_id, token, lock=True), "client_deleted", now)


def close(session: Session, row: Client, because: str, now: datetime) -> None:
    """End a client: from the next request it is not known any more."""
    row.ended_at = now
    row.registration_digest = None
    end.of_client(session, row.id, because, now)
    forget_consents(session, row.id)
    secrets.end(session, row.id, now)


def identity(row: Client) -> tuple[Any, ...]:
    """What people approved: another name, place, method or key is another app."""
    keys = (row.jwks, row.jwks_uri)
    return (sorted(row.redirect_uris), row.name, row.auth_methods, keys)


def forget_consents(session: Session, client_row_id: str) -> None:
    """Ask everybody again."""
    changed(session, delete(Consent).where(Consent.client_id == client_row_id))


def _own(session: Session, client_id: str, token: str, *, lock: bool = False) -> Client:
    """The client of a token; an unknown one, another's and an ended one are the same refusal."""
    row = None
    if kit.well_formed(TOKEN, token):
        statement = select(Client).where(
            Client.registration_digest == kit.digest(token), Client.ended_at.is_(None)
        )
        row = session.scalar(statement.with_for_update() if lock else statement)
    if row is None or row.client_id != client_id:
        raise InvalidRegistrationToken("This is not the registration token of this client.")
    if row.blocked_at is not None:
        raise ClientBlocked
    return row


def _refuse_another(session: Session, row: Client, asked: dict[str, Any], now: datetime) -> None:
    """RFC 7592 §2.2: what a client repeats of itself has to be its own."""
    if asked.get("client_id", row.client_id) != row.client_id:
        raise InvalidMetadata("client_id is another client's.")
    secret = asked.get("client_secret")
    if secret is not None and not secrets.told(session, row.id, _text(secret) or "", now):
        raise InvalidMetadata("client_secret is not this client's.")


def _settle_secret(session: Session, row: Client, now: datetime) -> str | None:
    """None is left to a client without the method; a new one where the method has none good.

    A secret that turned up in public is dead: this is how its client comes by another.
    """
    if not has_secret(row):
        secrets.end(session, row.id, now)
        return None
    return None if secrets.good(session, row.id, now) else secrets.issue(session, row.id, now)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
