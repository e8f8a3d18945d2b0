"""Clients as plain records, for rules that need no database."""

from typing import Any
from urllib.parse import urlencode

from app.domain.clients.known import KnownClient
from app.domain.grants import audience, front_door, scopes
from app.domain.grants.parameters import Parameters
from app.domain.grants.request import AuthorizationRequest

BASE = "https://polis.example"
ORIGINS = audience.origins(BASE)
CALLBACK = "https://app.example/callback"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B

ASKED = {
    "client_id": "polis_ci_x",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
    "state": "s",
}


def known(**more: Any) -> KnownClient:
    """A public client that registered itself."""
    facts: dict[str, Any] = {
        "id": "cli_x",
        "client_id": "polis_ci_x",
        "kind": "registered",
        "name": "An app",
        "organization_id": None,
        "redirect_uris": (CALLBACK,),
        "auth_methods": ("none",),
        "grant_types": ("authorization_code", "refresh_token"),
        "scopes": scopes.ALL,
        "verified": False,
        "client_credentials": False,
        "access_life_s": None,
        "refresh_life_s": None,
        "revision": 1,
        "document_digest": None,
        "links": {},
        "jwks": None,
        "jwks_uri": None,
    }
    return KnownClient(**(facts | more))


def query(*more_pairs: tuple[str, str], **changed: str | None) -> str:
    """A sound request's query with some parameters changed, left out or said again."""
    facts = {name: value for name, value in (ASKED | changed).items() if value is not None}
    return urlencode([*facts.items(), *more_pairs])


def check(text: str, client: KnownClient | None = None) -> AuthorizationRequest:
    """What the front door makes of a query."""
    return front_door.check(Parameters(text), client or known(), ORIGINS)
