"""Clients that need no database."""

from app.domain.clients.known import KnownClient


def client(*uris: str, **more) -> KnownClient:
    facts = {
        "id": "cli_1", "client_id": "polis_ci_1", "kind": "registered", "name": "An app",
        "organization_id": None, "redirect_uris": uris, "auth_methods": ("none",),
        "grant_types": ("authorization_code", "refresh_token"), "scopes": ("mcp",),
        "verified": False, "client_credentials": False, "access_life_s": None,
        "refresh_life_s": None, "revision": 1, "document_digest": None, "links": {},
        "jwks": None, "jwks_uri": None,
    }  # fmt: skip
    return KnownClient(**(facts | more))
