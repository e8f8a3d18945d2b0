"""What one handshake has found out so far."""

from dataclasses import dataclass, field
from typing import Any

from app.adapters.doctor.profiles import Consents, Profile
from app.adapters.doctor.wire import Wire


@dataclass
class Case:
    """One client at one address."""

    url: str
    profile: Profile
    wire: Wire
    consents: Consents | None = None
    challenge: dict[str, str] = field(default_factory=dict)
    resource: dict[str, Any] = field(default_factory=dict)
    issuer: str = ""
    server: dict[str, Any] = field(default_factory=dict)
    client: dict[str, Any] = field(default_factory=dict)
    redirect_uri: str = ""
    verifier: str = ""
    code: str = ""
    tokens: dict[str, Any] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """What the client asks for: the challenge's words first, and to stay signed in."""
        said = self.challenge.get("scope") or " ".join(strings(self.resource, "scopes_supported"))
        offline = "offline_access" in strings(self.server, "scopes_supported")
        return f"{said} offline_access".strip() if offline else said

    @property
    def credentials(self) -> dict[str, str]:
        """How the client says who it is at the token endpoint."""
        return {"client_id": text(self.client, "client_id")}


def text(facts: dict[str, Any], name: str) -> str:
    """A member that is a string, else an empty one."""
    found = facts.get(name)
    return found if isinstance(found, str) else ""


def strings(facts: dict[str, Any], name: str) -> list[str]:
    """A member that is a list of strings, else an empty one."""
    found = facts.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
