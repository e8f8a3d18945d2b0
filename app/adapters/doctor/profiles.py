"""As whom the handshake is made: what each client sends, and what it insists on."""

from typing import NamedTuple, Protocol

LOOPBACK = "http://127.0.0.1/callback"


class Profile(NamedTuple):
    """One client, as far as a server can tell it from others."""

    name: str
    title: str
    redirect_uri: str
    auth_method: str
    user_agent: str
    prompt: str
    insists: frozenset[str]  # faults it does not get over; any other one is a warning

    @property
    def on_loopback(self) -> bool:
        """Whether its code comes back to the computer it runs on."""
        return self.redirect_uri == LOOPBACK


class Consents(Protocol):
    """Whoever signs in and approves: a person at a browser, or their password."""

    def redirect_uri(self, profile: Profile) -> str | None:
        """Where the code can be waited for, or None where it cannot."""

    def approve(self, address: str, redirect_uri: str) -> dict[str, str]:
        """Open the authorization address; what came back to the redirect URI, empty for nothing."""


_EVERYBODY = frozenset(
    {
        "nothing_answers",
        "challenge",
        "resource_document",
        "resource_mismatch",
        "authorization_servers",
        "server_document",
        "issuer_mismatch",
        "s256_missing",
        "registration",
        "authorization",
        "state_mismatch",
        "iss_mismatch",
        "token",
        "mcp",
        "refresh",
        "revocation",
        "still_valid",
    }
)
PROFILES = {
    each.name: each
    for each in (
        Profile(
            "claude", "Claude", "https://claude.ai/api/mcp/auth_callback", "none",
            "python-httpx/0.28.1", "consent",
            _EVERYBODY | {"relative_metadata", "null_members", "not_rotated"},
        ),
        Profile(
            "chatgpt", "ChatGPT", "https://chatgpt.com/connector_platform_oauth_redirect", "none",
            "Python/3.12 aiohttp/3.13.3", "",
            _EVERYBODY | {"method_not_echoed", "iss_missing", "iss_not_advertised"},
        ),
        Profile(
            "cli", "a command-line client", LOOPBACK, "none",
            "polis-doctor", "",
            _EVERYBODY | {"null_members", "iss_missing", "not_rotated"},
        ),
    )
}  # fmt: skip
