"""An authorization request once every rule of the front door holds for it."""

from typing import NamedTuple


class AuthorizationRequest(NamedTuple):
    """What a client asks a person for; kept with the consent page and turned into a code."""

    client_id: str  # as sent
    redirect_uri: str  # as sent, and allowed
    state: str | None  # given back byte for byte
    scopes: tuple[str, ...]
    audience: str | None  # /api/mcp or /mcp; None: both names
    challenge: str  # S256
    nonce: str | None
    subject_kind: str  # user | organization
    prompt: tuple[str, ...]  # none | login, consent
    max_age: int | None
    login_hint: str | None
