"""Signed assertions by which a client proves itself, each good once (RFC 7523)."""

import json
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db import changed, insert
from app.domain.clients.known import KnownClient
from app.domain.clients.refusals import InvalidClient
from app.kit import clock
from app.models.clients import ClientAssertion

LIFE_S = 300
SKEW_S = 30  # how far a client's clock may be ahead
_LONGEST = 8_000
_LONGEST_JTI = 200


def unproven(assertion: str, part: int, name: str) -> str | None:
    """A string of the header (0) or the claims (1), before anything is known of its truth.

    What is not printable is none: JSON spells half of a surrogate pair, which no counter can keep.
    """
    try:
        text = assertion.split(".")[part]
        value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4))).get(name)
    except (ValueError, IndexError, AttributeError, RecursionError):
        return None
    return value if isinstance(value, str) and value.isprintable() else None


def check(
    session: Session,
    assertion: str,
    client: KnownClient,
    keys: dict[str, Any] | None,
    audiences: tuple[str, ...],
    now: datetime,
) -> None:
    """Accept a client's assertion and use it up, or refuse it with the reason."""
    claims = _signed(assertion, keys)
    seconds = clock.milliseconds(now) / 1000
    for broken, sentence in _rules(claims, client.client_id, audiences, seconds):
        if broken:
            raise InvalidClient(f"The client assertion {sentence}.")
    _use_up(session, client, claims, now)


def forget_old(session: Session, now: datetime) -> int:
    """Drop what has expired: it is refused for its age alone."""
    return changed(session, delete(ClientAssertion).where(ClientAssertion.expires_at < now))


def _signed(assertion: str, keys: dict[str, Any] | None) -> dict[str, Any]:
    if keys is None or len(assertion) > _LONGEST:
        raise InvalidClient("There is no key to check the client assertion with.")
    from app.domain.clients import signatures  # noqa: PLC0415 # joserfc is 33 ms of a start

    claims = signatures.claims(assertion, keys)
    if claims is None:
        raise InvalidClient("The client assertion is not signed by a key of this client.")
    return claims


def _rules(
    claims: dict[str, Any], client_id: str, audiences: tuple[str, ...], now: float
) -> list[tuple[bool, str]]:
    expires, issued = _number(claims, "exp"), _number(claims, "iat")
    begins, named = _number(claims, "nbf"), claims.get("aud")
    aud = named if isinstance(named, list) else [named]
    return [
        (claims.get("iss") != client_id, "must have the client id as iss"),
        (claims.get("sub") != client_id, "must have the client id as sub"),
        (not any(each in audiences for each in aud), "must have the issuer as aud"),
        (expires is None or expires <= now, "has expired"),
        ((expires or 0) > now + LIFE_S + SKEW_S, "may live five minutes at most"),
        (_life(expires, issued) > LIFE_S, "may live five minutes at most"),
        ((issued or 0) > now + SKEW_S, "is from the future"),
        ((begins or 0) > now + SKEW_S, "is not good yet"),
        (not _is_jti(claims.get("jti")), f"needs a jti of at most {_LONGEST_JTI} characters"),
    ]


def _life(expires: float | None, issued: float | None) -> float:
    """How long it lives, by its client's clock alone: that one is not ahead of itself."""
    return 0 if expires is None or issued is None else expires - issued


def _is_jti(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= _LONGEST_JTI and value.isprintable()


def _number(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e12 else None


def _use_up(session: Session, client: KnownClient, claims: dict[str, Any], now: datetime) -> None:
    lasts = timedelta(seconds=float(claims["exp"]) - clock.milliseconds(now) / 1000 + 1)
    statement = (
        insert(session, ClientAssertion)
        .values(client_id=client.id, jti=claims["jti"], expires_at=now + lasts)
        .on_conflict_do_nothing()
    )
    if changed(session, statement) != 1:
        raise InvalidClient("The client assertion was used before.")
