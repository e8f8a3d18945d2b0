"""A client proves itself at the token endpoint, in the way it registered (RFC 6749 §2.3)."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.db import Database
from app.domain.clients import assertions, find, secrets
from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import KEYS, SECRETS
from app.domain.clients.refusals import InvalidClient

__all__ = ["InvalidClient", "Presented", "client", "public"]


class Presented(NamedTuple):
    """What a request says of its client, and how it would prove it."""

    client_id: str
    method: str  # none | client_secret_basic | client_secret_post | private_key_jwt
    secret: str = ""
    assertion: str = ""
    keys: dict[str, Any] | None = None  # of the client, fetched before
    audiences: tuple[str, ...] = ()  # our names, as an assertion may say them


def client(session: Session, presented: Presented, now: datetime) -> KnownClient:
    """The client that proved itself; an assertion is used up with it."""
    known = _named(session, presented)
    if presented.method in SECRETS:
        _check_secret(session, known, presented.secret, now)
    if presented.method == KEYS:
        assertions.check(
            session, presented.assertion, known, presented.keys, presented.audiences, now
        )
    return known


def public(database: Database, presented: Presented) -> KnownClient:
    """The client of a request that proves none: one read, outside any transaction."""
    return _named(database, presented)


def _named(where: Session | Database, presented: Presented) -> KnownClient:
    known = find.by_client_id(where, presented.client_id)
    if known is None:
        raise InvalidClient("This client is not known here, or has ended.")
    if not _accepts(known, presented.method):
        raise InvalidClient(f"This client is registered for {' or '.join(known.auth_methods)}.")
    return known


def _accepts(known: KnownClient, method: str) -> bool:
    """A secret proves the same in a header as in a form; nothing else stands for another."""
    if method in SECRETS:
        return any(each in SECRETS for each in known.auth_methods)
    return method in known.auth_methods


def _check_secret(session: Session, known: KnownClient, secret: str, now: datetime) -> None:
    if not secrets.matches(session, known.id, secret, now):
        raise InvalidClient("The client secret is wrong, or has ended.")
