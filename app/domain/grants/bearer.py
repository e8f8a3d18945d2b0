"""From an access token to its caller: an ended grant or client is refused at the next request."""

from datetime import datetime

from sqlalchemy import and_, bindparam, literal
from sqlalchemy.sql import ClauseElement

from app.db import Row
from app.domain import bearers
from app.domain.bearers import BadCredential
from app.domain.callers import Caller
from app.kit import clock
from app.models.clients import Client
from app.models.grants import AccessToken, Grant

_BOOK = "live"  # what an app spends is its organization's own


def statement() -> ClauseElement:
    """Token, grant, client, organization, owner's address, counter and balance in one read."""
    subject = literal("app:") + Grant.organization_id + ":" + Grant.app
    return (
        bearers.lookup(_OWN, Grant.organization_id, literal(_BOOK), subject)
        .join(
            AccessToken,
            and_(AccessToken.grant_id == Grant.id, AccessToken.digest == bindparam("digest")),
        )
        .join(Client, Client.id == Grant.client_id)
    )


def caller(row: Row, mode: str, now: datetime) -> Caller:
    """Who an access token acts for, or why it does not any more."""
    (scopes, audience, expires, grant, organization, user, kind, app, cap) = row[:9]
    (ends, ended, client_ended, blocked, on_its_own, never_sells) = row[9 : len(_OWN)]
    if blocked is not None:
        raise BadCredential(f"The operator blocked this app on {bearers.day(blocked)}.")
    if kind == "client" and not on_its_own:
        raise BadCredential("This app may no longer act on its own.")
    _check(min(expires, ends), ended if client_ended is None else client_ended, now)
    holder = bearers.holder(row[len(_OWN) :], _BOOK, now)
    return Caller(
        organization_id=organization,
        organization_name=holder.organization_name,
        email=holder.email if kind == "user" else None,
        user_id=user,
        via="oauth",
        credential_id=grant,
        subject=f"app:{organization}:{app}",
        scopes=frozenset(scopes.split()),
        book=_BOOK,
        mode=mode,
        claimed=holder.claimed,
        standing=holder.standing,
        limit_tokens=cap,
        limit_used=holder.used,
        audience=audience,
        never_sells=bool(never_sells),
    )


def _check(expires: int, ended: int | None, now: datetime) -> None:
    if ended is not None:
        raise BadCredential(f"This connection was ended on {bearers.day(ended)}.")
    if expires <= clock.milliseconds(now):
        raise BadCredential(f"This access token expired on {bearers.day(expires)}.")


_OWN = (
    AccessToken.scopes,
    AccessToken.audience,
    AccessToken.expires_at,
    Grant.id,
    Grant.organization_id,
    Grant.user_id,
    Grant.subject_kind,
    Grant.app,
    Grant.monthly_cap_tokens,
    Grant.expires_at,
    Grant.ended_at,
    Client.ended_at,
    Client.blocked_at,
    Client.client_credentials,
    Grant.never_sells,
)
