"""Whose limit a request that presents a secret counts against: never one a stranger can use up."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain import networks
from app.domain.grants import tokens
from app.kit import secrets
from app.models.grants import AccessToken, AuthorizationCode, DeviceRequest, RefreshToken


class Counted(NamedTuple):
    """Whether what was presented is ours, and whose row of the limit it is."""

    genuine: bool
    subject: str


def of(
    session: Session, client_id: str, secret: str, address: str, shared_egress: tuple[str, ...]
) -> Counted:
    """What is genuine counts for its grant, or its device; all else for client and network."""
    own = _subject_of(session, secret)
    if own is not None:
        return Counted(genuine=True, subject=own)
    many = networks.shared(address, shared_egress) is not None
    who = _short(secret) if many else networks.of(address)
    return Counted(genuine=False, subject=f"{_short(client_id)}:{who}")


def _subject_of(session: Session, secret: str) -> str | None:
    for prefix, digest, subject in _KINDS:
        if secrets.well_formed(prefix, secret):
            found = session.scalar(select(subject).where(digest == secrets.digest(secret)))
            return found.hex() if isinstance(found, bytes) else found
    return None


def _short(text: str) -> str:
    """A name of fixed length for what a stranger may make as long as they like."""
    return secrets.digest(text).hex()[:32]


_KINDS: tuple[tuple[str, InstrumentedAttribute[bytes], InstrumentedAttribute[Any]], ...] = (
    (tokens.REFRESH, RefreshToken.digest, RefreshToken.grant_id),
    (tokens.ACCESS, AccessToken.digest, AccessToken.grant_id),
    (tokens.CODE, AuthorizationCode.digest, AuthorizationCode.grant_id),
    (tokens.DEVICE, DeviceRequest.digest, DeviceRequest.digest),  # it has no grant while it waits
)
