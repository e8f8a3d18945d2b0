"""Whose limit a request at the token endpoint counts against: never one a stranger can use up."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import networks
from app.domain.grants import tokens
from app.kit import secrets
from app.models.grants import AuthorizationCode, RefreshToken

GENUINE, STRANGER = "token", "token_stranger"


class Counted(NamedTuple):
    """The limit's name, and whose row of it."""

    limit: str
    subject: str


def of(
    session: Session, client_id: str, secret: str, address: str, shared_egress: Iterable[str]
) -> Counted:
    """A genuine code or refresh token counts for its grant; all else for client and network."""
    grant_id = _grant_of(session, secret)
    if grant_id is not None:
        return Counted(GENUINE, grant_id)
    many = networks.shared(address, shared_egress) is not None
    who = _short(secret) if many else networks.of(address)
    return Counted(STRANGER, f"{_short(client_id)}:{who}")


def _grant_of(session: Session, secret: str) -> str | None:
    for prefix, table in _TABLES:
        if secrets.well_formed(prefix, secret):
            found = select(table.grant_id).where(table.digest == secrets.digest(secret))
            return session.scalar(found)
    return None


def _short(text: str) -> str:
    """A name of fixed length for what a stranger may make as long as they like."""
    return secrets.digest(text).hex()[:32]


_TABLES: tuple[tuple[str, type[AuthorizationCode] | type[RefreshToken]], ...] = (
    (tokens.REFRESH, RefreshToken),
    (tokens.CODE, AuthorizationCode),
)
