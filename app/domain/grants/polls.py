"""A device asks whether somebody has answered yet: tokens once, else why not (RFC 8628 §3.5)."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, tokens
from app.domain.grants.answers import Denied, SignInFacts, Tokens, invalid_grant
from app.kit import secrets
from app.models.grants import DeviceRequest, Grant

_SLOWER_S = 5
_SLACK = timedelta(seconds=1)  # a network may bring two polls closer together than they were sent

_PENDING = Denied("authorization_pending", "Nobody has answered yet; ask again.")
_TOO_EARLY = Denied("slow_down", f"Wait {_SLOWER_S} seconds longer between two polls.")
_EXPIRED = Denied("expired_token", "The code's ten minutes are over; ask for a new one.")
_REFUSED = Denied("access_denied", "The person did not approve.")


def redeem(
    session: Session,
    client: KnownClient,
    device_code: str,
    named: str | None,
    now: datetime,
) -> Tokens | Denied:
    """Tokens for a device code somebody approved, once; the audience may narrow."""
    asked = session.get(DeviceRequest, secrets.digest(device_code))
    if asked is None or asked.client_id != client.id:
        return invalid_grant("This device code is unknown, or was issued to another client.")
    if asked.expires_at <= now:
        return _EXPIRED
    if asked.denied_at is not None:
        return _REFUSED
    if asked.grant_id is None:
        return _polled(session, asked, now)
    return _exchanged(session, client, asked, named, now)


def _polled(session: Session, asked: DeviceRequest, now: datetime) -> Denied:
    """Too early a poll makes every later one wait longer."""
    wait = timedelta(seconds=asked.interval_s)
    early = asked.polled_at is not None and now < asked.polled_at + wait - _SLACK
    slower = {"interval_s": DeviceRequest.interval_s + _SLOWER_S} if early else {}
    session.execute(
        update(DeviceRequest)
        .where(DeviceRequest.digest == asked.digest)
        .values(polled_at=now, **slower)
    )
    return _TOO_EARLY if early else _PENDING


def _exchanged(
    session: Session, client: KnownClient, asked: DeviceRequest, named: str | None, now: datetime
) -> Tokens | Denied:
    grant = session.scalars(select(Grant).where(Grant.id == asked.grant_id)).one()
    good_at = audience.narrowed(grant.audience, named)
    if isinstance(good_at, Denied):
        return good_at
    if not _use_up(session, asked, now):
        return invalid_grant("This device code was used before.")
    if grant.ended_at is not None:
        return invalid_grant("This connection was ended; ask for approval again.")
    facts = SignInFacts(None, asked.authenticated_at or grant.created_at)
    return tokens.mint(session, client, grant, good_at, facts, now)


def _use_up(session: Session, asked: DeviceRequest, now: datetime) -> bool:
    """One statement finds a code unused and uses it: of many at once, one."""
    unused = update(DeviceRequest).where(
        DeviceRequest.digest == asked.digest, DeviceRequest.used_at.is_(None)
    )
    return changed(session, unused.values(used_at=now)) == 1
