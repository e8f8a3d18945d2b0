"""`Stripe-Signature`: a time and one or more v1 signatures of the time and the body."""

import hashlib
import hmac
import time
from dataclasses import dataclass

WRONG = "whsec_" + "0" * 24


@dataclass(frozen=True)
class Signing:
    """With which secrets, at which time: what a test may make wrong."""

    secret: str = "current"  # or "previous", "wrong", "both", "none"
    at: int | str = "now"  # or "made", or a moment

    def header(self, secrets: list[str], body: bytes, made: int) -> str:
        """The header for a body, given the endpoint's secrets."""
        moment = {"now": int(time.time()), "made": made}.get(str(self.at)) or int(self.at)
        signatures = ",".join(f"v1={_sign(moment, body, each)}" for each in self._chosen(secrets))
        return f"t={moment}" + (f",{signatures}" if signatures else "")

    def _chosen(self, secrets: list[str]) -> list[str]:
        """Newest first; while a secret is being rolled, Stripe signs with both."""
        if self.secret == "current":
            return secrets
        return {
            "newest": secrets[:1], "previous": secrets[1:] or secrets, "both": (secrets * 2)[:2],
            "wrong": [WRONG], "none": [],
        }[self.secret]  # fmt: skip


def _sign(moment: int, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
