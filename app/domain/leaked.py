"""Ends a secret that somebody found, of whatever kind: it opens nothing from the next request."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain import keys
from app.domain.clients import names, register, verified
from app.domain.clients import secrets as client_secrets
from app.domain.credentials import LIVE, TEST
from app.domain.grants import codes, end, tokens
from app.kit import secrets
from app.models.clients import Client, ClientSecret
from app.models.credentials import ApiKey
from app.models.grants import AccessToken, AuthorizationCode, Grant, RefreshToken

ACTOR = keys.LEAKED
_BECAUSE = "leaked"


class Ended(NamedTuple):
    """What the secret was, for the people it belonged to."""

    was_alive: bool
    name: str
    last_four: str
    made_at: datetime
    last_used_at: datetime | None
    last_used_from: str | None
    requests: int | None
    subject: str  # key, grant or client: what runs and the audit call it by
    organization_id: str | None
    user_id: str | None  # who made or approved it
    of_organization: bool  # so that every owner is told


def end_secret(session: Session, secret: str, now: datetime) -> Ended | None:
    """End a secret of ours; None where we never issued it."""
    return _ENDERS[prefix_of(secret)](session, secret, now)


def prefix_of(text: str) -> str:
    """The kind a text is, by its prefix and checksum; empty where it is none of ours."""
    kinds = (prefix for prefix in _ENDERS if prefix and secrets.well_formed(prefix, text))
    return next(kinds, "")


def _key(session: Session, secret: str, now: datetime) -> Ended | None:
    statement = select(ApiKey).where(ApiKey.digest == secrets.digest(secret)).with_for_update()
    row = session.scalar(statement)
    if row is None:
        return None
    over = row.expires_at is not None and row.expires_at <= now
    alive = row.revoked_at is None and not over
    keys.revoke(session, row.organization_id, row.id, actor=ACTOR, now=now)
    return Ended(
        was_alive=alive,
        name=row.name,
        last_four=row.last_four,
        made_at=row.created_at,
        last_used_at=row.last_used_at,
        last_used_from=row.last_used_from,
        requests=row.requests,
        subject=row.id,
        organization_id=row.organization_id,
        user_id=row.user_id,
        of_organization=True,
    )


def _access(session: Session, secret: str, now: datetime) -> Ended | None:
    row = session.get(AccessToken, secrets.digest(secret))
    return None if row is None else _grant(session, row.grant_id, secret, row.created_at, now)


def _refresh(session: Session, secret: str, now: datetime) -> Ended | None:
    row = session.get(RefreshToken, secrets.digest(secret))
    return None if row is None else _grant(session, row.grant_id, secret, row.created_at, now)


def _code(session: Session, secret: str, now: datetime) -> Ended | None:
    """A code that nobody has used yet goes with the grant it would have opened."""
    digest = secrets.digest(secret)
    row = session.get(AuthorizationCode, digest, with_for_update=True)
    if row is None:
        return None
    unused = row.used_at is None and row.expires_at > now
    session.execute(delete(AuthorizationCode).where(AuthorizationCode.digest == digest))
    made_at = row.expires_at - codes.LIFE
    if unused:
        return _grant(session, row.grant_id, secret, made_at, now)
    return _of_grant(session, row.grant_id, secret, made_at, was_alive=False)


def _grant(session: Session, grant_id: str, secret: str, made_at: datetime, now: datetime) -> Ended:
    """Everything a grant ever issued dies with it."""
    alive = end.grant(session, grant_id, _BECAUSE, now, actor=ACTOR)
    return _of_grant(session, grant_id, secret, made_at, was_alive=alive)


def _of_grant(
    session: Session, grant_id: str, secret: str, made_at: datetime, *, was_alive: bool
) -> Ended:
    grant, client = session.execute(
        select(Grant, Client).join(Client, Client.id == Grant.client_id).where(Grant.id == grant_id)
    ).one()
    return Ended(
        was_alive=was_alive,
        name=names.in_mail(client.name, grant.redirect_uri, verified=verified.is_verified(client)),
        last_four=secret[-4:],
        made_at=made_at,
        last_used_at=grant.last_used_at,
        last_used_from=grant.last_used_from,
        requests=grant.requests,
        subject=grant.id,
        organization_id=grant.organization_id,
        user_id=grant.user_id,
        of_organization=grant.subject_kind != "user",
    )


def _client_secret(session: Session, secret: str, now: datetime) -> Ended | None:
    """What an app holds on its own behalf dies with its secret; what people granted it stays."""
    digest = secrets.digest(secret)
    row = session.scalar(select(ClientSecret).where(ClientSecret.digest == digest))
    if row is None:
        return None
    session.get_one(Client, row.client_id, with_for_update=True)  # before its secrets, as always
    session.refresh(row, with_for_update=True)
    over = row.expires_at is not None and row.expires_at <= now
    alive = row.revoked_at is None and not over
    if alive:
        row.revoked_at = now
        end.own(session, row.client_id, _BECAUSE, now)
    return _of_client(session, row.client_id, secret, row.created_at, was_alive=alive)


def _registration(session: Session, secret: str, now: datetime) -> Ended | None:
    """Another token takes its place that nobody was told: the registration stays as it is."""
    digest = secrets.digest(secret)
    row = session.scalar(
        select(Client).where(Client.registration_digest == digest).with_for_update()
    )
    if row is None:
        return None
    row.registration_digest = secrets.digest(secrets.mint(register.TOKEN))
    alive = row.ended_at is None or row.ended_at > now
    return _of_client(session, row.id, secret, row.created_at, was_alive=alive)


def _of_client(
    session: Session, client_row_id: str, secret: str, made_at: datetime, *, was_alive: bool
) -> Ended:
    client = session.get_one(Client, client_row_id)
    return Ended(
        was_alive=was_alive,
        name=client.name,
        last_four=secret[-4:],
        made_at=made_at,
        last_used_at=client.last_used_at,
        last_used_from=None,
        requests=None,
        subject=client.id,
        organization_id=client.organization_id,
        user_id=None,
        of_organization=True,
    )


def _none(_session: Session, _secret: str, _now: datetime) -> Ended | None:
    return None


_ENDERS: dict[str, Callable[[Session, str, datetime], Ended | None]] = {
    LIVE: _key,
    TEST: _key,
    tokens.ACCESS: _access,
    tokens.REFRESH: _refresh,
    tokens.CODE: _code,
    client_secrets.PREFIX: _client_secret,
    register.TOKEN: _registration,
    "": _none,
}
