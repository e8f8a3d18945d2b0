"""A device that cannot show a page asks for a person's approval elsewhere (RFC 8628)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.clients.known import KnownClient
from app.domain.clients.metadata import DEVICE
from app.domain.grants import approve, scopes, tokens, user_codes
from app.domain.grants.answers import Denied
from app.domain.grants.approve import Wanted
from app.domain.grants.terms import Terms
from app.domain.signed_in import SignedIn
from app.errors import Conflict
from app.kit import secrets
from app.kit.plain import plain
from app.models.clients import Client
from app.models.grants import DeviceRequest, Grant

LIFE = timedelta(minutes=10)
INTERVAL_S = 6  # between two polls (RFC 8628 §3.2): as many a minute as one grant may ask

KEPT = timedelta(hours=1)  # so that a late poll hears that it is late
_LONGEST_PROGRAM = 300


class DeviceAnswered(Conflict):
    """Somebody was quicker, or the code's time ran out while its page was read."""

    code = "device_answered"


class Asked(NamedTuple):
    """What a device sends, and what can be seen of it."""

    scope: str | None
    audience: str | None  # path of the resource it names
    address: str
    program: str  # its own words for itself


class Codes(NamedTuple):
    """The two halves of a request, known to us only now: the device's, and the person's."""

    device_code: str
    user_code: str  # as it is shown


class Waiting(NamedTuple):
    """A device's request as the person reads it."""

    digest: bytes
    client_row_id: str
    client_id: str
    scopes: tuple[str, ...]
    audience: str | None
    asked_from: str
    program: str
    asked_at: datetime
    answered: bool
    approved_by: str | None


def ask(
    session: Session, client: KnownClient, asked: Asked, keys: Sequence[str], now: datetime
) -> Codes | Denied:
    """Begin to wait for a person."""
    if DEVICE not in client.grant_types:
        return Denied("unauthorized_client", f"This client is not registered for {DEVICE}.")
    wanted = scopes.asked_by(client, asked.scope)
    if isinstance(wanted, Denied):
        return wanted
    made = Codes(secrets.mint(tokens.DEVICE), user_codes.new())
    session.add(
        DeviceRequest(
            digest=secrets.digest(made.device_code),
            user_code_digest=user_codes.digests(made.user_code, keys)[0],
            client_id=client.id,
            scopes=" ".join(wanted),
            audience=asked.audience,
            asked_from=asked.address,
            user_agent=plain(asked.program)[:_LONGEST_PROGRAM],
            created_at=now,
            expires_at=now + LIFE,
            interval_s=INTERVAL_S,
        )
    )
    return made._replace(user_code=user_codes.shown(made.user_code))


def find(session: Session, code: str, keys: Sequence[str], now: datetime) -> Waiting | None:
    """The living request somebody typed the code of; answered ones are found too."""
    row = session.execute(
        select(DeviceRequest, Client.client_id, Grant.user_id)
        .join(Client, Client.id == DeviceRequest.client_id)
        .outerjoin(Grant, Grant.id == DeviceRequest.grant_id)
        .where(
            DeviceRequest.user_code_digest.in_(user_codes.digests(code, keys)),
            DeviceRequest.expires_at > now,
        )
    ).first()
    return None if row is None else _waiting(*row)


def allow(
    session: Session,
    waiting: Waiting,
    client: KnownClient,
    person: SignedIn,
    organization_id: str,
    agreed: Terms,
    now: datetime,
) -> str:
    """Approve a request: its device fetches tokens of the grant this makes."""
    grant_id = approve.connect(
        session,
        client,
        Wanted(waiting.scopes, waiting.audience, "user", None),
        person,
        organization_id,
        monthly_cap_tokens=agreed.tokens,
        expires_at=agreed.ends(now),
        now=now,
    )
    facts = {"grant_id": grant_id, "authenticated_at": person.authenticated_at}
    _answer(session, waiting, now, **facts)
    return grant_id


def deny(session: Session, waiting: Waiting, now: datetime) -> None:
    """Refuse a request; its device is told with its next poll."""
    _answer(session, waiting, now, denied_at=now)


def forget_old(session: Session, now: datetime) -> int:
    """Drop requests nobody asks about any more."""
    return changed(session, delete(DeviceRequest).where(DeviceRequest.expires_at <= now - KEPT))


def _waiting(row: DeviceRequest, client_id: str, approved_by: str | None) -> Waiting:
    return Waiting(
        digest=row.digest,
        client_row_id=row.client_id,
        client_id=client_id,
        scopes=tuple(row.scopes.split()),
        audience=row.audience,
        asked_from=row.asked_from,
        program=row.user_agent,
        asked_at=row.created_at,
        answered=row.grant_id is not None or row.denied_at is not None,
        approved_by=approved_by,
    )


def _answer(session: Session, waiting: Waiting, now: datetime, **facts: Any) -> None:
    """One statement finds a request unanswered and answers it: of two that try, one does."""
    unanswered = update(DeviceRequest).where(
        DeviceRequest.digest == waiting.digest,
        DeviceRequest.grant_id.is_(None),
        DeviceRequest.denied_at.is_(None),
        DeviceRequest.expires_at > now,
    )
    if changed(session, unanswered.values(**facts)) != 1:
        raise DeviceAnswered(
            "This code was answered before, or its time is over.",
            hint="Look at your device; if it still waits, ask it for a new code.",
        )
