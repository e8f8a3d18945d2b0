"""What OAuth refuses, each with the word its RFC has for it."""

from typing import ClassVar

from app.errors import InvalidInput, Kind, PolisError


class OAuthError(InvalidInput):
    """A refusal whose `error` is said to the client as it is."""

    error: ClassVar[str] = "invalid_request"


class InvalidMetadata(OAuthError):
    """What a client says about itself cannot be accepted (RFC 7591 §3.2.2)."""

    error = "invalid_client_metadata"


class InvalidRedirectUri(OAuthError):
    """One of the places a client wants its codes sent to, or their number."""

    error = "invalid_redirect_uri"


class InvalidClient(OAuthError):
    """The client is not known, has ended, or could not prove itself (RFC 6749 §5.2)."""

    kind = Kind.UNAUTHENTICATED
    error = "invalid_client"


class KeysAway(PolisError):
    """Somebody's public keys cannot be fetched: whether they signed is not known now."""

    kind = Kind.UNAVAILABLE
    code = "keys_away"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            "The keys to check this signature with cannot be fetched.",
            hint="Send it again a little later.",
            retry_after_s=retry_after_s,
        )


class ClientBlocked(InvalidClient):
    """The operator has shut this client out, and says so to whoever uses it."""

    def __init__(self) -> None:
        super().__init__(
            "The operator of this installation has blocked this app.",
            hint="Write to the support address of this installation.",
        )


class InvalidRegistrationToken(OAuthError):
    """The bearer of a registration's management is not its own (RFC 7592 §2)."""

    kind = Kind.UNAUTHENTICATED
    error = "invalid_token"
