"""What every connection is held to: how it began, what was registered, asked and given."""

from collections.abc import Mapping
from typing import Any

from tests.clients.connecting.ending import is_refused
from tests.served import Served

LATER = "mcp offline_access"  # what the newer lines ask for where a server offers it
FROM_THE_BARE_URL = (
    ("POST", "/api/mcp", 401),
    ("GET", "/.well-known/oauth-protected-resource", 200),
    ("GET", "/.well-known/oauth-authorization-server", 200),
    ("POST", "/api/oauth/register", 201),
    ("GET", "/oauth/authorize", 200),
    ("POST", "/oauth/authorize", 303),
    ("POST", "/api/oauth/token", 200),
    ("POST", "/api/mcp", 200),
)
REFRESHED = ("POST", "/api/oauth/token", 200)
ANEW = {"/oauth/authorize", "/api/oauth/register"}


def check(
    served: Served,
    asked: Mapping[str, str],
    registered: Mapping[str, Any],
    tokens: Mapping[str, Any],
    scope: str,
) -> None:
    """What a client registered, what it asked for and what it was given agree."""
    assert (asked["resource"], asked["code_challenge_method"]) == (served.url, "S256")
    assert asked["client_id"] == registered["client_id"]
    assert registered["redirect_uris"] == [asked["redirect_uri"]]
    assert registered["token_endpoint_auth_method"] == "none"
    assert "client_secret" not in registered
    assert registered["grant_types"] == ["authorization_code", "refresh_token"]
    assert (asked["scope"], tokens["scope"]) == (scope, scope)
    assert is_refused(f"{served.base}/mcp", tokens["access_token"])  # it is good at one name
