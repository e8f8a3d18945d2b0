"""What the token endpoint answers, as values: a refusal may come with an end that must stand."""

from datetime import datetime
from typing import NamedTuple


class Denied(NamedTuple):
    """No tokens, in the words of RFC 6749 §5.2; what was decided with it is committed."""

    error: str
    description: str


class SignInFacts(NamedTuple):
    """What an id_token tells besides the person."""

    nonce: str | None
    authenticated_at: datetime


class Tokens(NamedTuple):
    """What a client is given, at the only moment it is known."""

    grant_id: str
    access_token: str
    refresh_token: str | None
    expires_in: int
    scopes: tuple[str, ...]
    signed_in: SignInFacts | None  # where a code was exchanged


def invalid_grant(description: str) -> Denied:
    """The code or refresh token is good for nothing here."""
    return Denied("invalid_grant", description)
