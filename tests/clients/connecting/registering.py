"""What every connection is held to: how it began, what was registered, asked and given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.clients.connecting.ending import Requests, is_refused
from tests.served import Served

_FROM_THE_BARE_URL = (
    ("POST", "/api/mcp", 401),
    ("GET", "/.well-known/oauth-protected-resource", 200),
    ("GET", "/.well-known/{document}", 200),
    ("POST", "/api/oauth/register", 201),
    ("GET", "/oauth/authorize", 200),
    ("POST", "/oauth/authorize", 303),
    ("POST", "/api/oauth/token", 200),
    ("POST", "/api/mcp", 200),
)
_REFRESHED = ("POST", "/api/oauth/token", 200)
_ANEW = {"/oauth/authorize", "/api/oauth/register"}


@dataclass(frozen=True)
class Expected:
    """What a client line registers and asks for."""

    scope: str
    method: str = "none"
    kind: str | None = None  # application_type, of which older lines say nothing


OLDER = Expected("mcp")
NEWER = Expected("mcp offline_access", kind="native")


def began(requests: Requests, document: str = "oauth-authorization-server") -> None:
    """From the bare URL: challenge, documents, registration, consent, tokens, a call."""
    expected = [
        (how, route.format(document=document), code) for how, route, code in _FROM_THE_BARE_URL
    ]
    assert requests.hold(*expected), list(requests)


def refreshed(requests: Requests, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """New tokens came for the old ones, and neither a client nor a person was troubled for them."""
    assert _REFRESHED in requests, list(requests)
    assert _ANEW.isdisjoint(route for _, route, _ in requests)
    for kind in ("access_token", "refresh_token"):
        assert after[kind] != before[kind]


def check(
    served: Served,
    asked: Mapping[str, str],
    registered: Mapping[str, Any],
    tokens: Mapping[str, Any],
    expected: Expected,
) -> None:
    """What a client registered, what it asked for and what it was given agree."""
    assert (asked["resource"], asked["code_challenge_method"]) == (served.url, "S256")
    assert asked["client_id"] == registered["client_id"]
    assert registered["redirect_uris"] == [asked["redirect_uri"]]
    assert registered["token_endpoint_auth_method"] == expected.method
    assert ("client_secret" in registered) is (expected.method != "none")
    assert registered["grant_types"] == ["authorization_code", "refresh_token"]
    assert registered.get("application_type") == expected.kind
    assert asked["scope"] == expected.scope
    assert sorted(tokens["scope"].split()) == sorted(expected.scope.split())
    assert is_refused(f"{served.base}/mcp", tokens["access_token"])  # it is good at one name
