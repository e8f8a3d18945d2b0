"""A client as the rest of Polis sees it, however it became known."""

from typing import Any, NamedTuple


class KnownClient(NamedTuple):
    """One client at one moment; a later revision of it has to be approved again."""

    id: str  # of our row
    client_id: str  # what it calls itself by: polis_ci_… or the address of its document
    kind: str  # registered | document | developer
    name: str
    organization_id: str | None  # of developer apps
    redirect_uris: tuple[str, ...]
    auth_methods: tuple[
        str, ...
    ]  # none | client_secret_basic | client_secret_post | private_key_jwt
    grant_types: tuple[str, ...]
    scopes: tuple[str, ...]  # the most it may ask for
    verified: bool  # a host of the vendor list, or marked by the operator
    client_credentials: bool
    access_life_s: int | None
    refresh_life_s: int | None
    revision: int
    document_digest: bytes | None
    links: dict[str, str]  # client_uri, logo_uri, tos_uri, policy_uri, where given
    jwks: dict[str, Any] | None
    jwks_uri: str | None

    @property
    def is_public(self) -> bool:
        """Whether it can keep no secret."""
        return self.auth_methods == ("none",)
